//! Attributes and blocks.

use super::{MAX_DEPTH, Parser};
use crate::lexer::Kind;
use crate::report::quoted;
use crate::tree::{Attribute, Block, Body, BodyId, LabelName};
use crate::{ExprId, Report, Span};

impl Parser<'_> {
    /// The whole file.
    pub(super) fn root(&mut self) -> BodyId {
        let mut body = self.body(None);
        body.span = self.span(0, self.lexer.token.end);
        self.arena.body(body)
    }

    /// A root body whose one attribute is `value`.
    pub(super) fn root_of_value(&mut self, expr: ExprId) -> BodyId {
        let name = self.name_of("value");
        let span = self.span(self.start_of(expr), self.end_of(expr));
        let name_span = self.span(span.start, span.start);
        self.scratch.attributes.push(Attribute { name, name_span, expr, span });
        let mut body = self.body_above((0, 0));
        body.span = self.span(0, self.lexer.token.end);
        self.arena.body(body)
    }

    /// Lines up to the closing brace, which is left; `header` is the block's, or `None` for a file.
    fn body(&mut self, header: Option<Span>) -> Body {
        let base = (self.scratch.attributes.len(), self.scratch.blocks.len());
        let indent = self.indent;
        loop {
            match self.lexer.token.kind {
                Kind::Newline => self.bump_to_name(),
                Kind::End => break,
                Kind::BraceClose if header.is_some() => break,
                Kind::Ident => {
                    let column = self.column();
                    if let Some(header) = header
                        && column.is_some()
                        && column <= indent
                    {
                        self.suspect.get_or_insert((self.here(), header));
                    }
                    self.item(column);
                }
                _ => self.not_an_item(),
            }
        }
        self.body_above(base)
    }

    /// Takes the attributes and blocks above `base` for a body's.
    fn body_above(&mut self, base: (usize, usize)) -> Body {
        self.refuse_duplicates(base.0);
        Body {
            attributes: self.arena.attributes(&mut self.scratch.attributes, base.0),
            blocks: self.arena.blocks(&mut self.scratch.blocks, base.1),
            span: Span::default(),
        }
    }

    #[cold]
    fn not_an_item(&mut self) {
        let help = match self.lexer.token.kind {
            Kind::BraceClose => "remove this brace, or open the block that it should close",
            Kind::PlainString | Kind::QuoteOpen => "names of attributes stand without quotes",
            _ => "a body holds `name = value` and `name { … }`, one a line",
        };
        self.expected("an attribute or a block", help);
        self.bump();
        self.resync_line();
    }

    /// `name = value` or `name "label" { … }`, up to the end of the line.
    fn item(&mut self, column: Option<usize>) {
        let outer = self.indent;
        self.indent = column.or(outer);
        if let Some((name, name_span)) = self.name() {
            match self.lexer.token.kind {
                Kind::Equal => {
                    let attribute = self.attribute(name, name_span);
                    self.scratch.attributes.push(attribute);
                }
                Kind::PlainString | Kind::QuoteOpen | Kind::Ident | Kind::BraceOpen => {
                    if let Some(block) = self.block(name, name_span) {
                        self.scratch.blocks.push(block);
                    }
                }
                Kind::Newline if self.brace_on_next_line() => {
                    if let Some(block) = self.block(name, name_span) {
                        self.scratch.blocks.push(block);
                    }
                }
                Kind::Colon => self.expected("`=`", "attributes take `=`, not `:`"),
                _ => self.expected(
                    "`=`, a label or `{`",
                    "an attribute is written `name = value`, a block `name { … }`",
                ),
            }
        }
        self.end_of_item();
        self.indent = outer;
    }

    /// After an item its line must end.
    fn end_of_item(&mut self) {
        match self.lexer.token.kind {
            Kind::Newline if !self.lost => self.bump(),
            Kind::End => {}
            _ if self.lost => self.resync_line(),
            _ => {
                let help = match (self.lexer.token.kind, self.token_text()) {
                    (Kind::Comma, _) => "attributes are separated by line ends, not by commas",
                    (Kind::Invalid, "&" | "|") => "the logical operators are `&&` and `||`",
                    _ => "each attribute and block stands on a line of its own",
                };
                self.expected("the end of the line", help);
                match self.lexer.token.kind {
                    // What follows may well be another item, or the block's end.
                    Kind::Ident if self.sets_or_opens() => self.lost = false,
                    Kind::BraceClose => self.lost = false,
                    _ => self.resync_line(),
                }
            }
        }
    }

    /// The usual slip: a block's brace on a line of its own.
    #[cold]
    fn brace_on_next_line(&self) -> bool {
        self.after_token().trim_start().starts_with('{')
    }

    /// From the `=` on.
    fn attribute(&mut self, name: crate::Symbol, name_span: Span) -> Attribute {
        self.bump();
        let expr = self.expression();
        let end = u32::max(self.end_of(expr), name_span.end);
        Attribute { name, name_span, expr, span: self.span(name_span.start, end) }
    }

    /// From the first label, or the brace, on.
    fn block(&mut self, kind: crate::Symbol, kind_span: Span) -> Option<Block> {
        self.labels();
        let end = self.scratch.labels.last().map_or(kind_span.end, |label| label.span.end);
        let labels = self.arena.labels(&mut self.scratch.labels);
        let header = self.span(kind_span.start, end);
        if self.lexer.token.kind == Kind::Newline {
            self.expected("`{`", "the brace that opens a block stands on the block's first line");
            self.skip_newlines();
            self.lost = self.lexer.token.kind != Kind::BraceOpen;
        }
        if self.lexer.token.kind != Kind::BraceOpen {
            self.expected("a label or `{`", "a block is written `name \"label\" { … }`");
            return None;
        }
        let opened = self.here();
        let indent = self.indent;
        if self.depth >= MAX_DEPTH {
            self.too_deep();
            return None;
        }
        self.depth += 1;
        self.bump_to_line();
        let mut body = match self.lexer.token.kind {
            Kind::Newline | Kind::End | Kind::BraceClose => self.body(Some(header)),
            _ => self.single_line(),
        };
        self.depth -= 1;
        body.span = self.span(opened.end, u32::max(self.lexer.token.start, opened.end));
        self.close_block(opened, header, indent);
        let span = self.span(kind_span.start, u32::max(self.end, body.span.end));
        let body = self.arena.body(body);
        Some(Block { kind, kind_span, labels, body, header, span })
    }

    fn close_block(&mut self, opened: Span, header: Span, indent: Option<usize>) {
        match self.lexer.token.kind {
            Kind::BraceClose => {
                self.lost = false;
                let column = self.column();
                if column.is_some() && column < indent {
                    self.suspect.get_or_insert((self.here(), header));
                }
                self.bump_to_line();
            }
            Kind::End => self.unclosed_block(opened, header),
            _ => self.expected("`}`", "a block on a single line holds at most one attribute"),
        }
    }

    /// The file ended within a block; blocks around this one are unclosed by the same slip. Where a closing brace, or the next
    /// block, stands left of where it should is the likely place of the missing brace.
    #[cold]
    fn unclosed_block(&mut self, opened: Span, header: Span) {
        let mut report =
            Report::error("unclosed-block", "the block is never closed").at(header, "this block");
        report = match self.suspect {
            Some((place, inner)) if inner == header => {
                report.also(place, "a `}` seems to be missing before this line")
            }
            Some((place, inner)) => report
                .also(place, "this stands further left than the block that it closes")
                .also(inner, "that block"),
            None => report.also(opened, "opened here"),
        };
        self.fail(report.help("add the missing `}`"));
    }

    fn labels(&mut self) {
        loop {
            match self.lexer.token.kind {
                Kind::Ident => {
                    if let Some((name, span)) = self.name() {
                        self.scratch.labels.push(LabelName { name, span });
                    }
                }
                Kind::PlainString => {
                    let span = self.span(self.lexer.token.start, self.lexer.token.end);
                    let name = self.plain_name();
                    self.scratch.labels.push(LabelName { name, span });
                }
                Kind::QuoteOpen => {
                    let label = self.quoted_label();
                    self.scratch.labels.push(label);
                }
                _ => return,
            }
        }
    }

    /// `{ name = value }`: one attribute, on the block's own line.
    fn single_line(&mut self) -> Body {
        let base = (self.scratch.attributes.len(), self.scratch.blocks.len());
        if let Some((name, name_span)) = self.name() {
            if self.lexer.token.kind == Kind::Equal {
                let attribute = self.attribute(name, name_span);
                self.scratch.attributes.push(attribute);
            } else {
                self.expected("`=`", "a block on a single line holds at most one attribute");
            }
        } else {
            self.expected("an attribute", "a block on a single line holds at most one attribute");
        }
        if self.lexer.token.kind != Kind::BraceClose {
            self.expected("`}`", "a block of several lines holds nothing on the line of its `{`");
            self.resync(&[Kind::BraceClose]);
        }
        self.body_above(base)
    }

    /// Reports those of the attributes above `base`, a body's, that were set before in it.
    fn refuse_duplicates(&mut self, base: usize) {
        if self.scratch.attributes.len() < base + 2 {
            return;
        }
        let serial = self.scratch.next_body();
        let names = self.arena.names.len();
        if self.scratch.seen.len() < names {
            self.scratch.seen.resize(names, (0, Span::default()));
        }
        for at in base..self.scratch.attributes.len() {
            let Some(Attribute { name, name_span, .. }) = self.scratch.attributes.get(at).copied()
            else {
                return;
            };
            let Some(seen) = self.scratch.seen.get_mut(name.0 as usize) else { continue };
            if seen.0 != serial {
                *seen = (serial, name_span);
                continue;
            }
            let first = seen.1;
            let name = quoted(self.slice(first.start, first.end));
            self.report(
                Report::error("duplicate-attribute", format!("{name} is set twice"))
                    .at(name_span, "set again here")
                    .also(first, "first set here")
                    .help("an attribute can be set once in a body: remove one of the two"),
            );
        }
    }
}
