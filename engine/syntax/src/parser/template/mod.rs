//! Templates: quoted strings, heredocs, whole texts.
//!
//! Two steps, as Terraform takes them: first a flat run of pieces, a heredoc's text cut at line ends, on which `~` and `<<-` trim;
//! then the tree that `%{if}` and `%{for}` make of the run.

mod directives;
mod pieces;
mod text;
mod words;

use super::Parser;
use crate::lexer::Kind;
use crate::tree::{Expr, ExprId, LabelName, Part, PartList};
use crate::{Report, Span, Symbol};
pub(super) use words::Words;

/// A piece of a template, before directives are matched.
#[derive(Debug)]
pub(super) enum Piece {
    Text(Words),
    Interpolation(ExprId),
    Directive(Directive, Span),
}

/// What stands in `%{ … }`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Directive {
    If(ExprId),
    Else,
    EndIf,
    For { key_name: Option<Symbol>, value_name: Symbol, collection: ExprId },
    EndFor,
}

impl Parser<'_> {
    /// `"…"` without escapes and sequences.
    #[inline(never)]
    pub(super) fn plain(&mut self) -> ExprId {
        let (start, end) = (self.lexer.token.start, self.lexer.token.end);
        let parts = if end - start > 2 {
            let literal = self.literal(&Words::Written(start + 1, end - 1));
            self.arena.parts(&[Part::Literal(literal)])
        } else {
            self.arena.parts(&[])
        };
        self.bump_to_line();
        self.push(Expr::Template(parts), start, end)
    }

    /// Takes a plain string for the name between its quotes.
    pub(super) fn plain_name(&mut self) -> Symbol {
        let symbol = self.name_at(self.lexer.token.start + 1, self.lexer.token.end - 1);
        self.bump();
        symbol
    }

    /// `"…"`.
    #[inline(never)]
    pub(super) fn quoted(&mut self) -> ExprId {
        let start = self.lexer.token.start;
        self.bump();
        let parts = self.template_until(Kind::QuoteClose, start, false);
        self.push(Expr::Template(parts), start, self.end)
    }

    /// `<<NAME …`.
    #[inline(never)]
    pub(super) fn heredoc(&mut self) -> ExprId {
        let start = self.lexer.token.start;
        let flush = self.token_text().starts_with("<<-");
        self.bump();
        let parts = self.template_until(Kind::HeredocClose, start, flush);
        self.push(Expr::Template(parts), start, self.end)
    }

    /// A label between quotes: a string without sequences.
    pub(super) fn quoted_label(&mut self) -> LabelName {
        let start = self.lexer.token.start;
        self.bump();
        let mut name = Words::Written(self.end, self.end);
        loop {
            match self.lexer.token.kind {
                Kind::Text | Kind::EscapedText => {
                    let more = self.quoted_text();
                    name.join(&more, self.text);
                    self.bump();
                }
                Kind::Interpolation | Kind::Directive => self.sequence_in_label(),
                Kind::QuoteClose => {
                    self.bump();
                    break;
                }
                _ => {
                    self.unclosed_string(start);
                    break;
                }
            }
        }
        LabelName { name: self.name_of(name.of(self.text)), span: self.span(start, self.end) }
    }

    #[cold]
    fn sequence_in_label(&mut self) {
        self.fail(
            Report::error("template-in-label", "a label is a plain string")
                .at(self.here(), "a template sequence")
                .help("write the label out, or double the sign for a literal `${`"),
        );
        self.bump();
        self.resync(&[Kind::SequenceEnd]);
        self.eat(Kind::SequenceEnd);
    }

    /// The parts up to `closer`, which is taken.
    pub(super) fn template_until(&mut self, closer: Kind, opened: u32, flush: bool) -> PartList {
        let base = self.scratch.pieces.len();
        self.read_pieces(base, closer, opened);
        if flush {
            text::flush(self.scratch.pieces.get_mut(base..).unwrap_or_default(), self.text);
        }
        self.parts_of(base)
    }
}
