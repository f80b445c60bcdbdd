//! Templates: quoted strings, heredocs, whole texts.
//!
//! Two steps, as Terraform takes them: first a flat run of pieces, a heredoc's text cut at line ends, on which `~` and `<<-` trim;
//! then the tree that `%{if}` and `%{for}` make of the run.

use super::{Decoded, MAX_DEPTH, Parser, index};
use crate::lexer::{Escape, Kind, escape};
use crate::tree::{Expr, ExprId, LabelName, Part, PartList};
use crate::{Report, Span, Symbol};

/// A piece of a template, before directives are matched.
#[derive(Debug)]
pub(super) enum Piece {
    Text(Decoded),
    Interpolation(ExprId),
    If(ExprId, Span),
    Else(Span),
    EndIf(Span),
    For { key_name: Option<Symbol>, value_name: Symbol, collection: ExprId, at: Span },
    EndFor(Span),
}

/// A directive whose end is still to come.
struct Open {
    directive: Directive,
    at: Span,
    parts: Vec<Part>,
}

enum Directive {
    If { test: ExprId, then: Option<PartList> },
    For { key_name: Option<Symbol>, value_name: Symbol, collection: ExprId },
}

impl Parser<'_> {
    /// `"…"`.
    pub(super) fn quoted(&mut self) -> ExprId {
        let start = self.token.start;
        self.bump();
        let parts = self.template_until(Kind::QuoteClose, start, false);
        self.push(Expr::Template(parts), start, self.end)
    }

    /// `<<NAME …`.
    pub(super) fn heredoc(&mut self) -> ExprId {
        let start = self.token.start;
        let flush = self.token_text().starts_with("<<-");
        self.bump();
        let parts = self.template_until(Kind::HeredocClose, start, flush);
        self.push(Expr::Template(parts), start, self.end)
    }

    /// A label between quotes: a string without sequences.
    pub(super) fn quoted_label(&mut self) -> LabelName {
        let start = self.token.start;
        self.bump();
        let mut text = Decoded::new();
        loop {
            match self.token.kind {
                Kind::Text => {
                    text.push_str(&self.decode_quoted());
                    self.bump();
                }
                Kind::Interpolation | Kind::Directive => {
                    self.fail(
                        Report::error("template-in-label", "a label is a plain string")
                            .at(self.here(), "a template sequence")
                            .help("write the label out, or double the sign for a literal `${`"),
                    );
                    self.bump();
                    self.resync(&[Kind::SequenceEnd]);
                    self.eat(Kind::SequenceEnd);
                }
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
        LabelName { name: self.intern(&text), span: self.span(start, self.end) }
    }

    /// Pieces up to `closer`, which is taken, and the parts they make.
    pub(super) fn template_until(&mut self, closer: Kind, opened: u32, flush: bool) -> PartList {
        let base = self.pieces.len();
        let mut trim_next = false;
        loop {
            let kind = self.token.kind;
            if kind == closer {
                self.bump();
                break;
            }
            match kind {
                Kind::Text => {
                    let mut text = if closer == Kind::QuoteClose {
                        self.decode_quoted()
                    } else {
                        decode_plain(self.token_text())
                    };
                    if trim_next {
                        text = text.trim_start().into();
                    }
                    trim_next = false;
                    self.pieces.push(Piece::Text(text));
                    self.bump();
                }
                Kind::Interpolation | Kind::Directive => {
                    self.trim_before(base);
                    trim_next = self.sequence();
                }
                _ => {
                    self.unclosed_template(closer, opened);
                    break;
                }
            }
        }
        if flush {
            self.flush(base);
        }
        self.build(base)
    }

    #[cold]
    fn unclosed_template(&mut self, closer: Kind, opened: u32) {
        if closer == Kind::HeredocClose {
            let line = self.text.get(opened as usize..).and_then(|text| text.lines().next());
            let opener = line.unwrap_or_default().trim_end();
            let marker = opener.trim_start_matches(['<', '-']);
            let report = Report::error(
                "unclosed-heredoc",
                format!("the heredoc `{marker}` is never closed"),
            )
            .at(self.span(opened, opened + index(opener.len())), "opened here")
            .help(format!("end it with a line that holds `{marker}` and nothing else"));
            self.fail(report);
        } else {
            self.unclosed_string(opened);
        }
    }

    #[cold]
    fn unclosed_string(&mut self, opened: u32) {
        if self.token.kind == Kind::QuoteBreak {
            let report = Report::error("unclosed-string", "the string is not closed on its line")
                .at(self.span(opened, self.token.start), "opened here")
                .help("add the missing `\"`; for text of several lines write `\\n`, or a heredoc");
            self.fail(report);
            self.bump();
        } else {
            self.expected("text", "close the string with `\"`");
        }
    }

    /// `${~` and `%{~` eat the blanks before them, within the piece of text just before.
    fn trim_before(&mut self, base: usize) {
        if !self.token_text().ends_with('~') || self.pieces.len() <= base {
            return;
        }
        if let Some(Piece::Text(text)) = self.pieces.last_mut() {
            *text = text.trim_end().into();
        }
    }

    /// `${ … }` or `%{ … }`; says whether it eats the blanks after it.
    fn sequence(&mut self) -> bool {
        let opened = self.here();
        let interpolation = self.token.kind == Kind::Interpolation;
        let outer = std::mem::replace(&mut self.newlines, false);
        self.bump();
        let piece = if interpolation {
            Some(Piece::Interpolation(self.expression()))
        } else {
            self.directive(opened)
        };
        if self.lost || self.token.kind != Kind::SequenceEnd {
            self.unclosed_sequence(opened);
            self.resync(&[Kind::SequenceEnd]);
        }
        let trims = self.token_text().starts_with('~');
        self.newlines = outer;
        let end = self.token.end;
        let closed = self.eat(Kind::SequenceEnd);
        let whole = self.span(opened.start, end);
        if let Some(piece) = piece {
            self.pieces.push(match piece {
                Piece::If(test, _) => Piece::If(test, whole),
                Piece::Else(_) => Piece::Else(whole),
                Piece::EndIf(_) => Piece::EndIf(whole),
                Piece::EndFor(_) => Piece::EndFor(whole),
                other => other,
            });
        }
        closed && trims
    }

    #[cold]
    fn unclosed_sequence(&mut self, opened: Span) {
        if self.lost {
            return;
        }
        let found = self.found();
        let sign = self.slice(opened.start, opened.start + 1);
        let report = Report::error("unexpected-token", format!("expected `}}`, found {found}"))
            .at(self.here(), "expected `}`")
            .also(opened, "the sequence opened here")
            .help(format!(
                "close the sequence with `}}`; for a literal `{sign}{{` write `{sign}{sign}{{`"
            ));
        self.fail(report);
    }

    /// The inside of `%{ … }`.
    fn directive(&mut self, opened: Span) -> Option<Piece> {
        let help = "directives are `if`, `else`, `endif`, `for` and `endfor`; for a literal `%{` write `%%{`";
        if self.token.kind != Kind::Ident {
            self.expected("a directive", help);
            return None;
        }
        let word = self.token_text();
        match word {
            "if" => {
                self.bump();
                Some(Piece::If(self.expression(), opened))
            }
            "else" => {
                self.bump();
                Some(Piece::Else(opened))
            }
            "endif" => {
                self.bump();
                Some(Piece::EndIf(opened))
            }
            "for" => {
                self.bump();
                let (key_name, value_name, collection) = self.for_header()?;
                Some(Piece::For { key_name, value_name, collection, at: opened })
            }
            "endfor" => {
                self.bump();
                Some(Piece::EndFor(opened))
            }
            _ => {
                self.expected("a directive", help);
                None
            }
        }
    }

    /// The text of a quoted string, escapes decoded.
    fn decode_quoted(&mut self) -> Decoded {
        let text = self.token_text();
        if !text.contains(['\\', '$', '%']) {
            return text.into();
        }
        let mut decoded = Decoded::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['\\', '$', '%']) {
            let (before, special) = rest.split_at(at);
            decoded.push_str(before);
            if special.starts_with("$${") || special.starts_with("%%{") {
                decoded.push_str(special.get(1..3).unwrap_or(""));
                rest = special.get(3..).unwrap_or("");
            } else if special.starts_with('\\') {
                rest = match escape(special) {
                    Ok((after, Escape::Char(c))) => {
                        decoded.push(c);
                        after
                    }
                    Ok((after, Escape::Wrong(wrong))) => {
                        self.wrong_escape(wrong, text.len() - special.len());
                        after
                    }
                    Err(_) => {
                        self.wrong_escape(special, text.len() - special.len());
                        ""
                    }
                };
            } else {
                decoded.push_str(special.get(..1).unwrap_or(""));
                rest = special.get(1..).unwrap_or("");
            }
        }
        decoded.push_str(rest);
        decoded
    }

    #[cold]
    fn wrong_escape(&mut self, wrong: &str, at: usize) {
        let start = self.token.start + index(at);
        let help = match wrong.as_bytes().get(1) {
            Some(b'u') => "`\\u` takes four hexadecimal digits that name a character",
            Some(b'U') => "`\\U` takes eight hexadecimal digits that name a character",
            _ => {
                "escapes are \\n \\r \\t \\\" \\\\ \\uXXXX \\UXXXXXXXX; for a backslash write `\\\\`"
            }
        };
        self.report(
            Report::error("invalid-escape", format!("`{wrong}` is no escape sequence"))
                .at(self.span(start, start + index(wrong.len())), "not understood")
                .help(help),
        );
    }

    /// `<<-`: takes from each line as many blanks as the least indented line has. Counted on the source, so that values cannot
    /// change it; lines of blanks only do not count.
    fn flush(&mut self, base: usize) {
        let pieces = self.pieces.get_mut(base..).unwrap_or_default();
        let mut least = usize::MAX;
        let mut line_start = true;
        let mut lines = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let text = if let Piece::Text(text) = piece { Some(text) } else { None };
            if line_start {
                line_start = false;
                let blanks =
                    text.map_or(0, |text| text.chars().take_while(|c| c.is_whitespace()).count());
                let blank_line =
                    text.is_some_and(|t| t.ends_with('\n') && t.trim_start().is_empty());
                if !blank_line {
                    least = usize::min(least, blanks);
                    lines.push(at);
                }
            }
            if text.is_some_and(|text| text.ends_with('\n')) {
                line_start = true;
            }
        }
        for at in lines {
            if let Some(Piece::Text(text)) = pieces.get_mut(at) {
                let cut = text.char_indices().nth(least).map_or(text.len(), |(at, _)| at);
                *text = text.get(cut..).unwrap_or("").into();
            }
        }
    }

    /// Matches directives and puts the pieces above `base` into the tree.
    fn build(&mut self, base: usize) -> PartList {
        let mut open: Vec<Open> = Vec::new();
        let mut parts = Vec::new();
        let mut text: Option<Decoded> = None;
        let pieces: Vec<Piece> = self.pieces.drain(base..).collect();
        for piece in pieces {
            if let Piece::Text(more) = piece {
                match &mut text {
                    Some(text) => text.push_str(&more),
                    None => text = Some(more),
                }
                continue;
            }
            if let Some(text) = text.take() {
                parts.push(Part::Literal(self.intern(&text)));
            }
            let (directive, at) = match piece {
                Piece::Text(_) => continue,
                Piece::Interpolation(id) => {
                    parts.push(Part::Interpolation(id));
                    continue;
                }
                Piece::Else(at) => {
                    self.otherwise(&mut open, &mut parts, at);
                    continue;
                }
                Piece::EndIf(at) => {
                    self.end_directive(&mut open, &mut parts, at, false);
                    continue;
                }
                Piece::EndFor(at) => {
                    self.end_directive(&mut open, &mut parts, at, true);
                    continue;
                }
                Piece::If(test, at) => (Directive::If { test, then: None }, at),
                Piece::For { key_name, value_name, collection, at } => {
                    (Directive::For { key_name, value_name, collection }, at)
                }
            };
            if open.len() >= MAX_DEPTH as usize {
                self.too_deep();
                break;
            }
            open.push(Open { directive, at, parts: std::mem::take(&mut parts) });
        }
        if let Some(text) = text.take()
            && !(text.is_empty() && parts.is_empty() && open.is_empty())
        {
            parts.push(Part::Literal(self.intern(&text)));
        }
        self.close_all(open, parts)
    }

    fn close_all(&mut self, open: Vec<Open>, mut parts: Vec<Part>) -> PartList {
        for unclosed in open.into_iter().rev() {
            let name = unclosed.directive.name();
            self.report(
                Report::error("unclosed-directive", format!("`%{{ {name} }}` is never closed"))
                    .at(unclosed.at, "opened here")
                    .help(format!("add `%{{ end{name} }}`")),
            );
            let inner = self.arena.parts(&parts);
            parts = unclosed.parts;
            parts.push(unclosed.directive.close(inner));
        }
        self.arena.parts(&parts)
    }

    fn otherwise(&mut self, open: &mut [Open], parts: &mut Vec<Part>, at: Span) {
        let done = self.arena.parts(parts);
        match open.last_mut() {
            Some(Open { directive: Directive::If { then: then @ None, .. }, .. }) => {
                *then = Some(done);
                parts.clear();
            }
            _ => self.stray(
                at,
                "else",
                "`%{ else }` belongs between one `%{ if }` and its `%{ endif }`",
            ),
        }
    }

    fn end_directive(
        &mut self,
        open: &mut Vec<Open>,
        parts: &mut Vec<Part>,
        at: Span,
        is_for: bool,
    ) {
        let fits =
            open.last().is_some_and(|o| matches!(o.directive, Directive::For { .. }) == is_for);
        let Some(opened) = open.pop_if(|_| fits) else {
            let name = if is_for { "endfor" } else { "endif" };
            return self.stray(at, name, "directives close in the order opposite to their opening");
        };
        let inner = self.arena.parts(parts);
        *parts = opened.parts;
        parts.push(opened.directive.close(inner));
    }

    #[cold]
    fn stray(&mut self, at: Span, name: &str, help: &str) {
        self.report(
            Report::error("stray-directive", format!("`%{{ {name} }}` closes nothing here"))
                .at(at, "nothing to close")
                .help(help),
        );
    }
}

impl Directive {
    fn name(&self) -> &'static str {
        match self {
            Self::If { .. } => "if",
            Self::For { .. } => "for",
        }
    }

    fn close(self, inner: PartList) -> Part {
        match self {
            Self::If { test, then: None } => {
                Part::If { test, then: inner, otherwise: PartList::default() }
            }
            Self::If { test, then: Some(then) } => Part::If { test, then, otherwise: inner },
            Self::For { key_name, value_name, collection } => {
                Part::For { key_name, value_name, collection, body: inner }
            }
        }
    }
}

/// The text of a heredoc or whole template: only `$${` and `%%{` are escapes.
fn decode_plain(text: &str) -> Decoded {
    if text.contains("$${") || text.contains("%%{") { decode_sequences(text) } else { text.into() }
}

/// From left to right: of `$$$${`, the first two are themselves.
fn decode_sequences(text: &str) -> Decoded {
    let mut decoded = Decoded::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '%']) {
        let (before, special) = rest.split_at(at);
        decoded.push_str(before);
        let escaped = special.starts_with("$${") || special.starts_with("%%{");
        let (shown, taken) = if escaped { (1..3, 3) } else { (0..1, 1) };
        decoded.push_str(special.get(shown).unwrap_or(""));
        rest = special.get(taken..).unwrap_or("");
    }
    decoded.push_str(rest);
    decoded
}
