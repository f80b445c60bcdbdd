//! Saying what is wrong.

use super::{MAX_DEPTH, MAX_REPORTS, Parser};
use crate::arena::MAX_HEIGHT;
use crate::lexer::Kind;
use crate::report::quoted;
use crate::{Report, Span};

const TOO_DEEP: &str = "too-deep";

impl Parser<'_> {
    /// Whether a report would not be made.
    pub(super) fn is_silent(&mut self) -> bool {
        let full = self.reports.len() >= MAX_REPORTS;
        let silent = self.lost || full;
        self.lost |= full;
        silent
    }

    /// Reports a problem that the parser can read on from at once.
    #[cold]
    pub(super) fn report(&mut self, report: Report) {
        if self.reports.len() < MAX_REPORTS {
            self.reports.push(report);
        }
    }

    /// Reports a problem after which the parser must find its way back; silent while it is still looking.
    #[cold]
    pub(super) fn fail(&mut self, report: Report) {
        if !self.lost {
            self.lost = true;
            self.report(report);
        }
    }

    /// The next token is not what belongs here.
    #[cold]
    pub(super) fn expected(&mut self, what: &str, help: &str) {
        if self.is_silent() {
            return;
        }
        let found = self.found();
        let report = Report::error("unexpected-token", format!("expected {what}, found {found}"))
            .at(self.here(), format!("expected {what}"))
            .help(help);
        self.fail(report);
    }

    /// Said once: what nests that deep does so in many places.
    #[cold]
    pub(super) fn too_deep(&mut self) {
        if self.reports.iter().any(|report| report.code == TOO_DEEP) {
            self.lost = true;
            return;
        }
        let report = Report::error(TOO_DEEP, format!("nested more than {MAX_DEPTH} levels deep"))
            .at(self.here(), "one level too many")
            .help("split the value up with `locals`");
        self.fail(report);
    }

    /// Cuts expressions that are too high for those who walk the tree. A level of brackets holds at most one chain each of
    /// operators, signs, traversals and directives, and a few nodes more; so most files need no look.
    pub(super) fn refuse_towers(&mut self) {
        let bound = self.deepest.saturating_mul(4 * self.longest + 8);
        if bound > MAX_HEIGHT
            && let Some(report) = self.arena.cut_to_height(self.file)
        {
            self.report(report);
        }
    }

    /// A text whose offsets do not fit 32 bits is not read at all.
    pub(super) fn refuse_giants(&mut self) {
        if u32::try_from(self.text.len()).is_err() {
            self.report(
                Report::error("file-too-large", "the file is larger than 4 GiB")
                    .help("split it up into several files"),
            );
        }
    }

    /// Where the next token stands.
    pub(super) fn here(&self) -> Span {
        self.span(self.lexer.token.start, self.lexer.token.end)
    }

    /// The next token, for a sentence.
    pub(super) fn found(&self) -> String {
        match self.lexer.token.kind {
            Kind::End => format!("the end of the {}", self.whole),
            Kind::Newline => "the end of the line".into(),
            Kind::PlainString | Kind::QuoteOpen | Kind::Text | Kind::EscapedText => {
                "a string".into()
            }
            Kind::HeredocOpen => "a heredoc".into(),
            Kind::QuoteBreak => "the end of the line inside a string".into(),
            _ => quoted(self.token_text()),
        }
    }
}
