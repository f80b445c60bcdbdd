//! `[ … ]`, `{ … }` and their `for` forms.

use super::Parser;
use super::bracket::Bracket;
use crate::lexer::Kind;
use crate::tree::{Expr, ExprId, ForExpr};
use crate::{Report, Span};

impl Parser<'_> {
    /// `[a, b]`, or `[for …]`.
    #[inline(never)]
    pub(super) fn tuple(&mut self) -> ExprId {
        let start = self.lexer.token.start;
        let bracket = self.open("list", Kind::BracketClose, start);
        if self.at_word("for") {
            return self.for_expr(&bracket, start, false);
        }
        let base = self.scratch.items.len();
        while !matches!(self.lexer.token.kind, Kind::BracketClose | Kind::End) {
            let value = self.expression();
            self.scratch.items.push(value);
            if !self.next_item(&bracket) {
                break;
            }
        }
        self.close(&bracket);
        let items = self.list(base);
        self.push(Expr::Tuple(items), start, self.end)
    }

    /// `{ k = v }`, or `{for …}`.
    #[inline(never)]
    pub(super) fn object(&mut self) -> ExprId {
        let start = self.lexer.token.start;
        let bracket = self.open("object", Kind::BraceClose, start);
        if self.at_word("for") {
            return self.for_expr(&bracket, start, true);
        }
        self.newlines = true;
        let base = self.scratch.items.len();
        loop {
            self.skip_newlines();
            if matches!(self.lexer.token.kind, Kind::BraceClose | Kind::End) {
                break;
            }
            self.entry();
            if !self.next_entry(&bracket) {
                break;
            }
        }
        self.close(&bracket);
        let items = self.list(base);
        self.push(Expr::Object(items), start, self.end)
    }

    /// `k = v` or `k : v`.
    fn entry(&mut self) {
        let key = self.expression();
        if !self.lost && !matches!(self.lexer.token.kind, Kind::Equal | Kind::Colon) {
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
        self.scratch.items.extend([key, value]);
    }

    /// From the `for` on. Lines do not count, in objects neither.
    #[inline(never)]
    fn for_expr(&mut self, bracket: &Bracket, start: u32, object: bool) -> ExprId {
        self.bump();
        let parsed = self.for_clauses(object);
        self.close(bracket);
        let expr = parsed.map_or(Expr::Missing, |parsed| Expr::For(self.arena.for_expr(parsed)));
        self.push(expr, start, self.end)
    }

    fn for_clauses(&mut self, object: bool) -> Option<ForExpr> {
        let (key_name, value_name, collection) = self.for_header()?;
        if self.lexer.token.kind != Kind::Colon {
            self.expected("`:`", "write `for item in collection : value`");
            return None;
        }
        self.bump();
        let mut key = None;
        let mut value = self.expression();
        if self.lost {
            return None;
        }
        if self.lexer.token.kind == Kind::FatArrow {
            self.bump();
            if !object {
                self.wrong_for(
                    self.span(self.start_of(value), self.end_of(value)),
                    "a `for` between `[ ]` makes a list, which has no keys",
                    "drop the key and `=>`, or use `{ }` to make an object",
                );
            }
            key = Some(value);
            value = self.expression();
        } else if object {
            self.wrong_for(
                self.span(self.start_of(value), self.end_of(value)),
                "a `for` between `{ }` makes an object, which needs keys",
                "write `key => value`, or use `[ ]` to make a list",
            );
        }
        let dots = self.here();
        let group = self.eat(Kind::Ellipsis);
        if group && !object {
            self.wrong_for(
                dots,
                "a `for` between `[ ]` cannot group with `...`",
                "drop `...`, or use `{ }` with `key => value...`",
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

    #[cold]
    fn wrong_for(&mut self, at: Span, message: &str, help: &str) {
        self.report(Report::error("invalid-for", message).at(at, "does not fit").help(help));
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
