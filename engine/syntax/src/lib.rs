//! Text to lossless tree. Never fails: what is broken becomes a [`Report`] beside a tree with holes.
//!
//! Grammar: HCL native syntax (hashicorp/hcl, `hclsyntax/spec.md`) and its JSON form (`json/spec.md`).

mod report;
mod source;
mod tree;

pub use report::{Label, Level, Report};
pub use source::{FileId, Place, Source, Sources, Span};
pub use tree::{
    Attribute, BinaryOp, Block, Body, BodyId, Expr, ExprId, ForExpr, ForId, Format, LabelName,
    List, Part, PartList, Symbol, Tree, UnaryOp,
};

/// Parses a whole file in native syntax. Total: any text gives a tree, and reports for what is broken.
pub fn parse(_file: FileId, _text: &std::sync::Arc<str>) -> (Tree, Vec<Report>) {
    unimplemented!()
}

/// Parses a whole file in JSON syntax (`.tf.json`, `.tfvars.json`).
pub fn parse_json(_file: FileId, _text: &std::sync::Arc<str>) -> (Tree, Vec<Report>) {
    unimplemented!()
}

/// Parses one expression: the root body then holds the single attribute `value`. Spans count from the text's start.
pub fn parse_expression(_file: FileId, _text: &std::sync::Arc<str>) -> (Tree, Vec<Report>) {
    unimplemented!()
}

/// Parses a whole text as a template (a `templatefile`, a JSON string): the root body then holds the single attribute `value`.
pub fn parse_template(_file: FileId, _text: &std::sync::Arc<str>) -> (Tree, Vec<Report>) {
    unimplemented!()
}
