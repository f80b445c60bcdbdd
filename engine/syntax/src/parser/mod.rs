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
mod scratch;
mod template;
mod trouble;

use crate::arena::Arena;
use crate::lexer::{Kind, Lexer};
use crate::tree::{BodyId, Expr, ExprId, Format, List, PartList, Tree};
use crate::{FileId, Report, Span, Symbol};
use bracket::OpenBrackets;
use scratch::Scratch;
use std::sync::Arc;
use template::Words;

/// How deep brackets, blocks, conditionals and template directives may nest.
const MAX_DEPTH: u32 = 600;
/// How many reports one file may make; a file worse than that is not Terraform.
const MAX_REPORTS: usize = 100;

/// Reads one text. Children are put into the arenas before their parents.
pub(crate) struct Parser<'a> {
    text: &'a str,
    /// What the tree is of, when it is not this text but a string of it holds the text with escapes.
    source: Option<&'a str>,
    /// What the text is, for sentences.
    whole: &'static str,
    file: FileId,
    /// Its token is the next one to take.
    lexer: Lexer<'a>,
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
    scratch: Scratch,
    /// The first line that stands further left than the block around it lets expect, and that block.
    suspect: Option<(Span, Span)>,
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
    if parser.lexer.token.kind != Kind::End {
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
    let end = parser.lexer.token.end;
    let value = parser.push(Expr::Template(parts), 0, end);
    let root = parser.root_of_value(value);
    parser.finish(text, root)
}

/// The template that `text` is from `start` on, put into a tree that another parser builds.
pub(crate) fn template_within<'a>(
    file: FileId,
    text: &'a str,
    start: u32,
    source: Option<&'a str>,
    arena: Arena,
) -> (Arena, PartList, Vec<Report>) {
    let mut parser = Parser::new(file, text, Lexer::template(text, start), arena);
    parser.whole = "string";
    parser.source = source;
    let parts = parser.template_until(Kind::End, start, false);
    parser.scratch.give_back();
    (parser.arena, parts, parser.reports)
}

impl<'a> Parser<'a> {
    fn new(file: FileId, text: &'a str, lexer: Lexer<'a>, arena: Arena) -> Self {
        let mut parser = Self {
            text,
            source: None,
            whole: "file",
            file,
            lexer,
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
            scratch: Scratch::take(),
            suspect: None,
        };
        parser.bump();
        parser
    }

    fn finish(mut self, text: &Arc<str>, root: BodyId) -> (Tree, Vec<Report>) {
        self.refuse_towers();
        self.scratch.give_back();
        (self.arena.finish(self.file, Format::Native, text, root), self.reports)
    }

    /// Takes the next token that counts.
    fn bump(&mut self) {
        self.end = self.lexer.token.end;
        self.lexer.advance(self.newlines);
    }

    /// Takes the next token, a value's last, after which the end of the line is likely.
    fn bump_to_line(&mut self) {
        self.end = self.lexer.token.end;
        self.lexer.advance_to_line(self.newlines);
    }

    /// Takes the next token, after which a name is likely.
    fn bump_to_name(&mut self) {
        self.end = self.lexer.token.end;
        self.lexer.advance_to_name(self.newlines);
    }

    /// Takes the next token when it is of this kind.
    fn eat(&mut self, kind: Kind) -> bool {
        let found = self.lexer.token.kind == kind;
        if found {
            self.bump();
        }
        found
    }

    fn skip_newlines(&mut self) {
        while self.lexer.token.kind == Kind::Newline {
            self.bump();
        }
    }

    fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    fn token_text(&self) -> &'a str {
        self.slice(self.lexer.token.start, self.lexer.token.end)
    }

    /// Whether the next token is this word.
    fn at_word(&self, word: &str) -> bool {
        self.lexer.token.kind == Kind::Ident && self.token_text() == word
    }

    /// Takes an identifier.
    fn name(&mut self) -> Option<(Symbol, Span)> {
        if self.lexer.token.kind != Kind::Ident {
            return None;
        }
        let symbol = self.name_at(self.lexer.token.start, self.lexer.token.end);
        let span = self.span(self.lexer.token.start, self.lexer.token.end);
        self.end = self.lexer.token.end;
        self.lexer.advance_to_equal(self.newlines);
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
        self.arena.list(&mut self.scratch.items, base)
    }

    /// The symbol of the name that stands here in the text.
    fn name_at(&mut self, start: u32, end: u32) -> Symbol {
        match self.source {
            None => self.arena.names.written(self.text.as_bytes(), start, end),
            Some(_) => self.foreign_name_at(start, end),
        }
    }

    #[cold]
    fn foreign_name_at(&mut self, start: u32, end: u32) -> Symbol {
        self.name_of(self.slice(start, end))
    }

    /// The symbol of a name that the text does not spell as it is.
    fn name_of(&mut self, name: &str) -> Symbol {
        self.arena.names.decoded(self.source.unwrap_or(self.text).as_bytes(), name)
    }

    /// A symbol for a literal text.
    fn literal(&mut self, words: &Words) -> Symbol {
        match *words {
            Words::Written(start, end) if self.source.is_none() => {
                self.arena.names.written_text(start, end)
            }
            _ => self.arena.names.decoded_text(words.of(self.text)),
        }
    }
}
