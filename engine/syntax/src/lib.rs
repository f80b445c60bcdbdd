//! Text to lossless tree. Never fails: what is broken becomes a [`Report`] beside a tree with holes.
//!
//! Grammar: HCL native syntax (hashicorp/hcl, `hclsyntax/spec.md`) and its JSON form (`json/spec.md`).

mod arena;
mod comments;
mod decode;
mod json;
mod lexer;
mod names;
mod parser;
mod report;
mod source;
mod tree;

use std::sync::Arc;

pub use arena::MAX_HEIGHT;
pub use comments::comments;
pub use decode::{NotText, Undecodable, decode};
pub use report::{Label, Level, Report, quoted};
pub use source::{FileId, Place, Source, Sources, Span};
pub use tree::{
    Attribute, Attributes, BinaryOp, Block, Blocks, Body, BodyId, Expr, ExprId, ForExpr, ForId,
    Format, LabelName, Labels, List, Part, PartList, Symbol, Tree, UnaryOp,
};

/// Parses a whole file in native syntax. Total: any text gives a tree, and reports for what is broken.
pub fn parse(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    parser::file(file, text)
}

/// Parses a whole file in JSON syntax (`.tf.json`, `.tfvars.json`).
pub fn parse_json(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    json::file(file, text)
}

/// Parses one expression: the root body then holds the single attribute `value`. Spans count from the text's start.
pub fn parse_expression(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    parser::expression(file, text)
}

/// Parses a whole text as a template (a `templatefile`, a JSON string): the root body then holds the single attribute `value`.
pub fn parse_template(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    parser::template(file, text)
}

/// The law of the lexer, for the fuzz target.
#[cfg(fuzzing)]
pub fn spell(text: &str) {
    lexer::law::spell(text);
}
