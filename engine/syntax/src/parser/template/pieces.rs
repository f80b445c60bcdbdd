//! The first step: a flat run of text, `${ … }` and `%{ … }`.

use super::{Directive, Piece};
use crate::Report;
use crate::Span;
use crate::arena::index;
use crate::lexer::Kind;
use crate::parser::Parser;
use crate::report::quoted;

impl Parser<'_> {
    /// Adds the pieces up to `closer`, which is taken, to those above `base`.
    pub(super) fn read_pieces(&mut self, base: usize, closer: Kind, opened: u32) {
        let mut trim_next = false;
        loop {
            match self.lexer.token.kind {
                kind if kind == closer => return self.bump(),
                Kind::Text | Kind::EscapedText => {
                    let mut words = if closer == Kind::QuoteClose {
                        self.quoted_text()
                    } else {
                        self.plain_text()
                    };
                    if trim_next {
                        words.trim_start(self.text);
                    }
                    trim_next = false;
                    self.scratch.pieces.push(Piece::Text(words));
                    self.bump();
                }
                Kind::Interpolation | Kind::Directive => {
                    self.trim_before(base);
                    trim_next = self.sequence();
                }
                _ => return self.unclosed_template(closer, opened),
            }
        }
    }

    /// `${~` and `%{~` eat the blanks before them, within the piece of text just before.
    fn trim_before(&mut self, base: usize) {
        if self.token_text().ends_with('~')
            && let Some(Piece::Text(words)) =
                self.scratch.pieces.get_mut(base..).and_then(<[_]>::last_mut)
        {
            words.trim_end(self.text);
        }
    }

    /// `${ … }` or `%{ … }`; says whether it eats the blanks after it.
    fn sequence(&mut self) -> bool {
        let opened = self.here();
        let interpolation = self.lexer.token.kind == Kind::Interpolation;
        let outer = std::mem::replace(&mut self.newlines, false);
        let brackets = std::mem::take(&mut self.open);
        self.bump();
        let (value, directive) =
            if interpolation { (Some(self.expression()), None) } else { (None, self.directive()) };
        if self.lost || self.lexer.token.kind != Kind::SequenceEnd {
            self.unclosed_sequence(opened);
            self.resync(&[Kind::SequenceEnd]);
        }
        let trims = self.token_text().starts_with('~');
        (self.newlines, self.open) = (outer, brackets);
        let whole = self.span(opened.start, self.lexer.token.end);
        let closed = !self.lost && self.eat(Kind::SequenceEnd);
        self.scratch.pieces.extend(value.map(Piece::Interpolation));
        self.scratch.pieces.extend(directive.map(|directive| Piece::Directive(directive, whole)));
        closed && trims
    }

    /// The inside of `%{ … }`.
    fn directive(&mut self) -> Option<Directive> {
        let help = "directives are `if`, `else`, `endif`, `for` and `endfor`; for a literal `%{` write `%%{`";
        if self.lexer.token.kind != Kind::Ident {
            self.expected("a directive", help);
            return None;
        }
        let word = self.token_text();
        match word {
            "if" => {
                self.bump();
                Some(Directive::If(self.expression()))
            }
            "else" => {
                self.bump();
                Some(Directive::Else)
            }
            "endif" => {
                self.bump();
                Some(Directive::EndIf)
            }
            "for" => {
                self.bump();
                let (key_name, value_name, collection) = self.for_header()?;
                Some(Directive::For { key_name, value_name, collection })
            }
            "endfor" => {
                self.bump();
                Some(Directive::EndFor)
            }
            _ => {
                self.expected("a directive", help);
                None
            }
        }
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

    #[cold]
    fn unclosed_template(&mut self, closer: Kind, opened: u32) {
        if closer != Kind::HeredocClose {
            return self.unclosed_string(opened);
        }
        if self.is_silent() {
            return;
        }
        let text = self.text.get(opened as usize..).unwrap_or("");
        let mut lines = text.split_inclusive('\n');
        let first = lines.next().unwrap_or("");
        let marker = first.trim_start_matches(['<', '-']).trim_end();
        let name = quoted(marker);
        let message = format!("the heredoc {name} is never closed");
        let mut report = Report::error("unclosed-heredoc", message)
            .at(self.span(opened, opened + index(first.trim_end().len())), "opened here")
            .help(format!("end it with a line that holds {name} and nothing else"));
        // The usual slips: `EOT)`, `EOT,`, or a last line that does not end.
        let mut end = opened as usize + first.len();
        for line in lines {
            end += line.len();
            if line.trim_start().starts_with(marker) {
                let why = if line.trim() == marker {
                    "this line does not end"
                } else {
                    "more than the marker"
                };
                report =
                    report.also(self.span(index(end - line.trim_start().len()), index(end)), why);
                break;
            }
        }
        self.fail(report);
    }

    #[cold]
    pub(super) fn unclosed_string(&mut self, opened: u32) {
        if self.lexer.token.kind == Kind::QuoteBreak {
            let report = Report::error("unclosed-string", "the string is not closed on its line")
                .at(self.span(opened, self.lexer.token.start), "opened here")
                .help("add the missing `\"`; for text of several lines write `\\n`, or a heredoc");
            self.fail(report);
            self.bump();
        } else {
            self.expected("text", "close the string with `\"`");
        }
    }
}
