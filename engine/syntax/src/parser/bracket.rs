//! Brackets: what opens one, what may follow an item, what closes it.

use super::Parser;
use crate::lexer::Kind;
use crate::{Report, Span};

/// A bracket that is open.
#[derive(Clone, Copy)]
pub(super) struct Bracket {
    /// What it holds, for sentences.
    what: &'static str,
    closer: Kind,
    opened: Span,
    /// Whether lines count outside.
    newlines: bool,
}

impl Bracket {
    fn sign(&self) -> &'static str {
        match self.closer {
            Kind::ParenClose => "`)`",
            Kind::BracketClose => "`]`",
            _ => "`}`",
        }
    }
}

/// How many lists and parentheses are open, within the innermost `${ }`.
#[derive(Clone, Copy, Default)]
pub(super) struct OpenBrackets {
    square: i32,
    round: i32,
}

impl OpenBrackets {
    fn count(&mut self, closer: Kind, by: i32) {
        match closer {
            Kind::BracketClose => self.square += by,
            Kind::ParenClose => self.round += by,
            _ => {}
        }
    }

    /// Whether a closing bracket closes nothing that is open.
    pub(super) fn is_stray(self, closer: Kind) -> bool {
        match closer {
            Kind::BracketClose => self.square == 0,
            Kind::ParenClose => self.round == 0,
            _ => false,
        }
    }
}

impl Parser<'_> {
    /// Takes the opening bracket of what starts at `start`. Within, lines do not count.
    pub(super) fn open(&mut self, what: &'static str, closer: Kind, start: u32) -> Bracket {
        let bracket = self.bracket(what, closer, start);
        self.newlines = false;
        self.bump();
        bracket
    }

    /// The opening bracket that is next, of what starts at `start`.
    pub(super) fn bracket(&mut self, what: &'static str, closer: Kind, start: u32) -> Bracket {
        self.open.count(closer, 1);
        let opened = self.span(start, self.lexer.token.end);
        Bracket { what, closer, opened, newlines: self.newlines }
    }

    /// After an item: takes the comma and says whether to go on.
    pub(super) fn next_item(&mut self, bracket: &Bracket) -> bool {
        if self.lost
            || self.lexer.token.kind != Kind::Comma && self.lexer.token.kind != bracket.closer
        {
            self.unclosed(bracket, "`,` or ");
            self.resync(&[Kind::Comma, bracket.closer]);
        }
        !self.lost && self.eat(Kind::Comma)
    }

    /// After an entry of an object: takes the comma or the line's end and says whether to go on.
    pub(super) fn next_entry(&mut self, bracket: &Bracket) -> bool {
        let separators = [Kind::Comma, Kind::Newline, bracket.closer];
        if self.lost || !separators.contains(&self.lexer.token.kind) {
            self.unclosed(bracket, "`,`, the end of the line or ");
            self.resync(&separators);
        }
        !self.lost && (self.eat(Kind::Comma) || self.eat(Kind::Newline))
    }

    /// Takes the closing bracket, after which lines count as they did outside.
    pub(super) fn close(&mut self, bracket: &Bracket) {
        if self.lost || self.lexer.token.kind != bracket.closer {
            self.unclosed(bracket, "");
            self.resync(&[bracket.closer]);
        }
        self.newlines = bracket.newlines;
        self.open.count(bracket.closer, -1);
        if !self.lost {
            self.eat(bracket.closer);
        }
    }

    /// The next token is not the closing bracket, nor one of `others` that could stand here instead.
    #[cold]
    fn unclosed(&mut self, bracket: &Bracket, others: &str) {
        if self.is_silent() {
            return;
        }
        let (what, sign) = (bracket.what, bracket.sign());
        let never = |place, why: String| {
            Report::error("unclosed", format!("the {what} is never closed"))
                .at(bracket.opened, "opened here")
                .also(place, why)
                .help(format!("add the missing {sign}"))
        };
        let report = if self.lexer.token.kind == Kind::End {
            never(self.here(), format!("the {} ends here", self.whole))
        } else if self.at_next_item() {
            never(self.here(), "this is not part of it any more".into())
        } else {
            let found = self.found();
            Report::error("unexpected-token", format!("expected {others}{sign}, found {found}"))
                .at(self.here(), format!("expected {others}{sign}"))
                .also(bracket.opened, format!("the {what} opened here"))
                .help(self.help_in(bracket, others))
        };
        self.fail(report);
    }

    fn help_in(&self, bracket: &Bracket, others: &str) -> String {
        let (what, sign) = (bracket.what, bracket.sign());
        match self.lexer.token.kind {
            Kind::Equal if !others.is_empty() => {
                "compare with `==`; name entries in `{ }` only".into()
            }
            _ if others.is_empty() => format!("close the {what} with {sign}"),
            _ => format!("separate the items, or close the {what} with {sign}"),
        }
    }
}
