//! `[ … ]`, `{ … }` and their `for` forms.

use super::Parser;
use crate::lexer::Kind;
use crate::tree::{Expr, ExprId, ForExpr};
use crate::{Report, Span};

impl Parser<'_> {
    /// `[a, b]`, or `[for …]`.
    pub(super) fn tuple(&mut self) -> ExprId {
        let opened = self.here();
        let outer = std::mem::replace(&mut self.newlines, false);
        self.bump();
        if self.at_word("for") {
            return self.for_expr(opened, Kind::BracketClose, outer);
        }
        let base = self.items.len();
        while !matches!(self.token.kind, Kind::BracketClose | Kind::End) {
            let value = self.expression();
            self.items.push(value);
            if !self.next_item(Kind::BracketClose, "`,` or `]`", "list", opened) {
                break;
            }
        }
        self.close(Kind::BracketClose, outer, "list", "]", opened);
        let items = self.list(base);
        self.push(Expr::Tuple(items), opened.start, self.end)
    }

    /// After an item: takes the comma and says whether to go on. Finds the way back when lost.
    pub(super) fn next_item(
        &mut self,
        closer: Kind,
        expected: &str,
        what: &str,
        opened: Span,
    ) -> bool {
        if self.lost || !matches!(self.token.kind, Kind::Comma) && self.token.kind != closer {
            let sign = if closer == Kind::ParenClose { ")" } else { "]" };
            self.unclosed(expected, what, sign, opened);
            self.resync(&[Kind::Comma, closer]);
        }
        !self.lost && self.eat(Kind::Comma)
    }

    /// Takes the closing bracket, after which lines count as they did outside.
    pub(super) fn close(
        &mut self,
        closer: Kind,
        outer: bool,
        what: &str,
        sign: &str,
        opened: Span,
    ) {
        self.newlines = outer;
        if self.token.kind == closer {
            self.bump();
        } else {
            self.unclosed(&format!("`{sign}`"), what, sign, opened);
        }
    }

    /// `{ k = v }`, or `{for …}`.
    pub(super) fn object(&mut self) -> ExprId {
        let opened = self.here();
        let outer = std::mem::replace(&mut self.newlines, false);
        self.bump();
        if self.at_word("for") {
            return self.for_expr(opened, Kind::BraceClose, outer);
        }
        self.newlines = true;
        let base = self.items.len();
        loop {
            self.skip_newlines();
            if matches!(self.token.kind, Kind::BraceClose | Kind::End) {
                break;
            }
            self.entry();
            let separators = [Kind::Comma, Kind::Newline, Kind::BraceClose];
            if self.lost || !separators.contains(&self.token.kind) {
                self.unclosed("`,`, the end of the line or `}`", "object", "}", opened);
                self.resync(&separators);
            }
            if self.lost || self.token.kind == Kind::BraceClose {
                break;
            }
            self.bump();
        }
        self.close(Kind::BraceClose, outer, "object", "}", opened);
        let items = self.list(base);
        self.push(Expr::Object(items), opened.start, self.end)
    }

    /// `k = v` or `k : v`.
    fn entry(&mut self) {
        let key = self.expression();
        if !self.lost && !matches!(self.token.kind, Kind::Equal | Kind::Colon) {
            self.expected(
                "`=` or `:`",
                "an entry is written `key = value`; quote a key that is not a plain name",
            );
        }
        let value = if self.lost {
            self.missing()
        } else {
            self.bump();
            self.expression()
        };
        self.items.extend([key, value]);
    }

    /// From the `for` on. Lines do not count, in objects neither.
    fn for_expr(&mut self, opened: Span, closer: Kind, outer: bool) -> ExprId {
        self.bump();
        let parsed = self.for_clauses(closer == Kind::BraceClose);
        let (what, sign) =
            if closer == Kind::BraceClose { ("`for` object", "}") } else { ("`for` list", "]") };
        if self.lost || self.token.kind != closer {
            self.unclosed(&format!("`{sign}`"), what, sign, opened);
            self.resync(&[closer]);
        }
        self.close(closer, outer, what, sign, opened);
        let Some(parsed) = parsed else {
            return self.push(Expr::Missing, opened.start, self.end);
        };
        let id = self.arena.for_expr(parsed);
        self.push(Expr::For(id), opened.start, self.end)
    }

    fn for_clauses(&mut self, object: bool) -> Option<ForExpr> {
        let (key_name, value_name, collection) = self.for_header()?;
        if self.token.kind != Kind::Colon {
            self.expected("`:`", "write `for item in collection : value`");
            return None;
        }
        self.bump();
        let mut key = None;
        let mut value = self.expression();
        if self.lost {
            return None;
        }
        if self.token.kind == Kind::FatArrow {
            let arrow = self.here();
            self.bump();
            key = Some(value);
            value = self.expression();
            if !object {
                self.report(
                    Report::error(
                        "invalid-for",
                        "a `for` between `[ ]` makes a list, which has no keys",
                    )
                    .at(arrow, "a key is given here")
                    .help("drop the key and `=>`, or use `{ }` to make an object"),
                );
            }
        } else if object {
            let at = self.span(self.start_of(value), self.end_of(value));
            self.report(
                Report::error(
                    "invalid-for",
                    "a `for` between `{ }` makes an object, which needs keys",
                )
                .at(at, "a value without a key")
                .help("write `key => value`, or use `[ ]` to make a list"),
            );
        }
        let dots = self.here();
        let group = self.eat(Kind::Ellipsis);
        if group && !object {
            self.report(
                Report::error("invalid-for", "a `for` between `[ ]` cannot group with `...`")
                    .at(dots, "no keys to group by")
                    .help("drop `...`, or use `{ }` with `key => value...`"),
            );
        }
        let test = if self.at_word("if") {
            self.bump();
            Some(self.expression())
        } else {
            None
        };
        Some(ForExpr { key_name, value_name, collection, key, value, group, test })
    }

    /// `key, value in collection`, of `for` expressions and template directives alike.
    pub(super) fn for_header(&mut self) -> Option<(Option<crate::Symbol>, crate::Symbol, ExprId)> {
        let help = "write `for item in collection` or `for key, value in collection`";
        let Some((mut value_name, _)) = self.name() else {
            self.expected("a name", help);
            return None;
        };
        let mut key_name = None;
        if self.eat(Kind::Comma) {
            key_name = Some(value_name);
            let Some((name, _)) = self.name() else {
                self.expected("a second name", help);
                return None;
            };
            value_name = name;
        }
        if !self.at_word("in") {
            self.expected("`in`", help);
            return None;
        }
        self.bump();
        let collection = self.expression();
        (!self.lost).then_some((key_name, value_name, collection))
    }
}
