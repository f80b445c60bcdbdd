//! Tokens to tree. Operators by precedence, everything else by recursive descent within a depth budget.
//!
//! Nothing is ever read twice: where the text makes no sense the parser reports it, steps forward to a place that does (a comma, a
//! closing bracket, the next line that looks like an attribute or block) and goes on.

mod body;
mod collection;
mod expression;
mod operand;
mod recovery;
mod template;
mod trouble;

use crate::lexer::{Kind, Lexer, Token};
use crate::names::Names;
use crate::tree::{Body, BodyId, Expr, ExprId, ForExpr, Format, List, Part, Tree};
use crate::{FileId, Report, Span, Symbol};
use ecow::EcoString;
use expression::Pending;
use std::sync::Arc;
use template::Piece;

/// How deep brackets, blocks, conditionals and template directives may nest.
const MAX_DEPTH: u32 = 512;
/// How many reports one file may make; a file worse than that is not Terraform.
const MAX_REPORTS: usize = 100;

/// Reads one text. Children are put into the arenas before their parents.
pub(crate) struct Parser<'a> {
    text: &'a str,
    file: FileId,
    lexer: Lexer<'a>,
    /// The next token that counts.
    token: Token,
    /// Where the last token that counted ended.
    end: u32,
    /// Whether a line's end counts: not so within `( )`, `[ ]` and `${ }`.
    newlines: bool,
    depth: u32,
    /// The column of the attribute or block being read; a line that starts left of it, or at it, may be the next one.
    indent: Option<usize>,
    /// A problem was reported and the text around it not yet left: what else looks wrong here follows from it.
    lost: bool,
    reports: Vec<Report>,
    exprs: Vec<Expr>,
    spans: Vec<(u32, u32)>,
    lists: Vec<ExprId>,
    parts: Vec<Part>,
    fors: Vec<ForExpr>,
    bodies: Vec<Body>,
    names: Names,
    /// Scratch, shared by all levels: each leaves it as long as it found it.
    items: Vec<ExprId>,
    pending: Vec<Pending>,
    pieces: Vec<Piece>,
    /// For each name, the last body that had an attribute of it, and where.
    seen: Vec<(u32, Span)>,
}

/// A whole file in native syntax.
pub(crate) fn file(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::code(text));
    parser.refuse_giants();
    let root = parser.root();
    parser.finish(text, root)
}

/// One expression, as the attribute `value`.
pub(crate) fn expression(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::code(text));
    parser.refuse_giants();
    parser.skip_newlines();
    let value = parser.expression();
    if !parser.lost {
        parser.skip_newlines();
        if parser.token.kind != Kind::End {
            parser.expected("the end of the expression", "a single expression is wanted here");
        }
    }
    let root = parser.root_of_value(value);
    parser.finish(text, root)
}

/// A text that is a template from its first byte to its last, as the attribute `value`.
pub(crate) fn template(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::template(text));
    parser.refuse_giants();
    let parts = parser.template_until(Kind::End, 0, false);
    let end = parser.token.end;
    let value = parser.push(Expr::Template(parts), 0, end);
    let root = parser.root_of_value(value);
    parser.finish(text, root)
}

impl<'a> Parser<'a> {
    fn new(file: FileId, text: &'a str, lexer: Lexer<'a>) -> Self {
        let mut parser = Self {
            text,
            file,
            lexer,
            token: Token { kind: Kind::End, start: 0, end: 0 },
            end: 0,
            newlines: true,
            depth: 0,
            indent: None,
            lost: false,
            reports: Vec::new(),
            exprs: Vec::new(),
            spans: Vec::new(),
            lists: Vec::new(),
            parts: Vec::new(),
            fors: Vec::new(),
            bodies: Vec::new(),
            names: Names::default(),
            items: Vec::new(),
            pending: Vec::new(),
            pieces: Vec::new(),
            seen: Vec::new(),
        };
        parser.bump();
        parser
    }

    fn finish(self, text: &Arc<str>, root: BodyId) -> (Tree, Vec<Report>) {
        let tree = Tree {
            file: self.file,
            format: Format::Native,
            text: Arc::clone(text),
            root,
            bodies: self.bodies,
            exprs: self.exprs,
            spans: self.spans,
            lists: self.lists,
            parts: self.parts,
            fors: self.fors,
            names: self.names.into_texts(),
        };
        (tree, self.reports)
    }

    /// Takes the next token that counts.
    fn bump(&mut self) {
        self.end = self.token.end;
        loop {
            self.token = self.lexer.token();
            match self.token.kind {
                Kind::Blank | Kind::Comment => {}
                Kind::Newline if !self.newlines => {}
                _ => return,
            }
        }
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
        let symbol = self.names.intern(self.token_text());
        let span = self.span(self.token.start, self.token.end);
        self.bump();
        Some((symbol, span))
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.file, start, end)
    }

    fn push(&mut self, expr: Expr, start: u32, end: u32) -> ExprId {
        let id = ExprId(index(self.exprs.len()));
        self.exprs.push(expr);
        self.spans.push((start, end));
        id
    }

    fn missing(&mut self) -> ExprId {
        self.push(Expr::Missing, self.end, self.end)
    }

    fn start_of(&self, id: ExprId) -> u32 {
        self.spans.get(id.0 as usize).map_or(0, |(start, _)| *start)
    }

    fn end_of(&self, id: ExprId) -> u32 {
        self.spans.get(id.0 as usize).map_or(0, |(_, end)| *end)
    }

    /// Moves the items above `base` into the tree.
    fn list(&mut self, base: usize) -> List {
        let start = index(self.lists.len());
        self.lists.extend(self.items.drain(base..));
        List { start, len: index(self.lists.len()) - start }
    }

    fn push_body(&mut self, body: Body) -> BodyId {
        let id = BodyId(index(self.bodies.len()));
        self.bodies.push(body);
        id
    }

    fn intern(&mut self, text: &str) -> Symbol {
        self.names.intern(text)
    }
}

/// Arena indices fit 32 bits: no arena outgrows the text.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A decoded text under construction.
type Decoded = EcoString;
