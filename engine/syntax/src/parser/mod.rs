//! Tokens to tree. Operators by precedence, everything else by recursive descent within a depth budget.
//!
//! Nothing is ever read twice: where the text makes no sense the parser reports it, steps forward to a place that does (a comma, a
//! closing bracket, the next line that looks like an attribute or block) and goes on.

mod body;
mod bracket;
mod collection;
mod expression;
mod operand;
mod recovery;
mod template;
mod trouble;

use crate::arena::{Arena, index};
use crate::lexer::{Kind, Lexer, Token};
use crate::tree::{
    Attribute, Block, BodyId, Expr, ExprId, Format, LabelName, List, Part, PartList, Tree,
};
use crate::{FileId, Report, Span, Symbol};
use bracket::OpenBrackets;
use expression::Pending;
use std::sync::Arc;
use template::Piece;

/// How deep brackets, blocks, conditionals and template directives may nest.
const MAX_DEPTH: u32 = 600;
/// How many reports one file may make; a file worse than that is not Terraform.
const MAX_REPORTS: usize = 100;

/// Reads one text. Children are put into the arenas before their parents.
pub(crate) struct Parser<'a> {
    text: &'a str,
    /// What the text is, for sentences.
    whole: &'static str,
    file: FileId,
    lexer: Lexer<'a>,
    /// The next token that counts.
    token: Token,
    /// Where the last token that counted ended.
    end: u32,
    /// Whether a line's end counts: not so within `( )`, `[ ]` and `${ }`.
    newlines: bool,
    open: OpenBrackets,
    depth: u32,
    /// The deepest level, and the longest chain of operators, traversals or directives: they bound how high expressions are.
    deepest: u32,
    longest: u32,
    /// The column of the attribute or block being read; a line that starts left of it, or at it, may be the next one.
    indent: Option<usize>,
    /// A problem was reported and the text around it not yet left: what else looks wrong here follows from it.
    lost: bool,
    reports: Vec<Report>,
    arena: Arena,
    /// Scratch, shared by all levels: each leaves it as long as it found it.
    items: Vec<ExprId>,
    attributes: Vec<Attribute>,
    blocks: Vec<Block>,
    labels: Vec<LabelName>,
    pending: Vec<Pending>,
    pieces: Vec<Piece<'a>>,
    part_scratch: Vec<Part>,
    /// The first line that stands further left than the block around it lets expect, and that block.
    suspect: Option<(Span, Span)>,
    /// For each name, the last body that had an attribute of it, and where.
    seen: Vec<(u32, Span)>,
}

/// A whole file in native syntax.
pub(crate) fn file(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::code(text), Arena::take());
    parser.refuse_giants();
    let root = parser.root();
    parser.finish(text, root)
}

/// One expression, as the attribute `value`. Line ends do not count.
pub(crate) fn expression(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::code(text), Arena::take());
    parser.whole = "expression";
    parser.refuse_giants();
    parser.newlines = false;
    parser.skip_newlines();
    let value = parser.expression();
    if parser.token.kind != Kind::End {
        parser.expected("the end of the expression", "a single expression is wanted here");
    }
    let root = parser.root_of_value(value);
    parser.finish(text, root)
}

/// A text that is a template from its first byte to its last, as the attribute `value`.
pub(crate) fn template(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::template(text, 0), Arena::take());
    parser.whole = "template";
    parser.refuse_giants();
    let parts = parser.template_until(Kind::End, 0, false);
    let end = parser.token.end;
    let value = parser.push(Expr::Template(parts), 0, end);
    let root = parser.root_of_value(value);
    parser.finish(text, root)
}

/// The template that `text` is from `start` on, put into a tree that another parser builds.
pub(crate) fn template_within(
    file: FileId,
    text: &str,
    start: usize,
    arena: Arena,
) -> (Arena, PartList, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::template(text, start), arena);
    parser.whole = "string";
    let parts = parser.template_until(Kind::End, index(start), false);
    (parser.arena, parts, parser.reports)
}

impl<'a> Parser<'a> {
    fn new(file: FileId, text: &'a str, lexer: Lexer<'a>, arena: Arena) -> Self {
        let mut parser = Self {
            text,
            whole: "file",
            file,
            lexer,
            token: Token { kind: Kind::End, start: 0, end: 0 },
            end: 0,
            newlines: true,
            open: OpenBrackets::default(),
            depth: 0,
            deepest: 0,
            longest: 0,
            indent: None,
            lost: false,
            reports: Vec::new(),
            arena,
            items: Vec::new(),
            attributes: Vec::new(),
            blocks: Vec::new(),
            labels: Vec::new(),
            pending: Vec::new(),
            pieces: Vec::new(),
            part_scratch: Vec::new(),
            suspect: None,
            seen: Vec::new(),
        };
        parser.bump();
        parser
    }

    fn finish(mut self, text: &Arc<str>, root: BodyId) -> (Tree, Vec<Report>) {
        self.refuse_towers();
        (self.arena.finish(self.file, Format::Native, text, root), self.reports)
    }

    /// Takes the next token that counts.
    fn bump(&mut self) {
        self.end = self.token.end;
        self.token = self.lexer.next(self.newlines);
    }

    /// Takes the next token when it is of this kind.
    fn eat(&mut self, kind: Kind) -> bool {
        let found = self.token.kind == kind;
        if found {
            self.bump();
        }
        found
    }

    fn skip_newlines(&mut self) {
        while self.token.kind == Kind::Newline {
            self.bump();
        }
    }

    fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    fn token_text(&self) -> &'a str {
        self.slice(self.token.start, self.token.end)
    }

    /// Whether the next token is this word.
    fn at_word(&self, word: &str) -> bool {
        self.token.kind == Kind::Ident && self.token_text() == word
    }

    /// Takes an identifier.
    fn name(&mut self) -> Option<(Symbol, Span)> {
        if self.token.kind != Kind::Ident {
            return None;
        }
        let symbol = self.arena.intern(self.token_text());
        let span = self.span(self.token.start, self.token.end);
        self.bump();
        Some((symbol, span))
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.file, start, end)
    }

    fn push(&mut self, expr: Expr, start: u32, end: u32) -> ExprId {
        self.arena.expr(expr, start, end)
    }

    fn missing(&mut self) -> ExprId {
        self.push(Expr::Missing, self.end, self.end)
    }

    fn start_of(&self, id: ExprId) -> u32 {
        self.arena.start_of(id)
    }

    fn end_of(&self, id: ExprId) -> u32 {
        self.arena.end_of(id)
    }

    /// Moves the items above `base` into the tree.
    fn list(&mut self, base: usize) -> List {
        self.arena.list(&mut self.items, base)
    }

    fn intern(&mut self, text: &str) -> Symbol {
        self.arena.intern(text)
    }
}
