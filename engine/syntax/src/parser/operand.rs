//! Operands: literals, names, calls, and what `.` and `[ ]` reach in them.

use super::Parser;
use crate::lexer::{Kind, Token, is_number};
use crate::report::quoted;
use crate::tree::{Expr, ExprId};
use crate::{Report, Symbol};

impl Parser<'_> {
    /// A value without operators.
    #[inline]
    pub(super) fn term(&mut self) -> ExprId {
        match self.lexer.token.kind {
            Kind::Number => self.number(),
            Kind::Ident => self.word(),
            Kind::PlainString => self.plain(),
            Kind::QuoteOpen => self.quoted(),
            Kind::HeredocOpen => self.heredoc(),
            Kind::ParenOpen => self.parens(),
            Kind::BracketOpen => self.tuple(),
            Kind::BraceOpen => self.object(),
            _ => {
                self.no_term();
                self.missing()
            }
        }
    }

    #[cold]
    fn no_term(&mut self) {
        let help = match self.lexer.token.kind {
            Kind::Newline => {
                "the value starts on the same line; put parentheses around one of several lines"
            }
            Kind::Less => "a heredoc starts with `<<NAME`, and nothing else follows on that line",
            Kind::Invalid if self.token_text().starts_with('\'') => "strings take double quotes",
            Kind::Invalid if self.token_text().starts_with("/*") => {
                "the comment that starts here is never closed with `*/`"
            }
            _ => "write a value here: a string, a number, a reference, a call, `[ … ]` or `{ … }`",
        };
        self.expected("a value", help);
    }

    #[inline(never)]
    fn number(&mut self) -> ExprId {
        let token = self.lexer.token;
        if !is_number(self.token_text()) {
            let text = quoted(self.token_text());
            self.report(
                Report::error("invalid-number", format!("{text} is not a number"))
                    .at(self.here(), "not a number")
                    .help(
                        "write digits with at most one dot; quote anything else: `\"10.0.0.0/16\"`",
                    ),
            );
        }
        self.bump();
        self.push(Expr::Number, token.start, token.end)
    }

    /// A constant, a call, or the root of a reference.
    #[inline(never)]
    fn word(&mut self) -> ExprId {
        let token = self.lexer.token;
        self.bump();
        if matches!(self.lexer.token.kind, Kind::ParenOpen | Kind::ColonColon) {
            return self.call(token);
        }
        let text = self.text.as_bytes().get(token.start as usize..token.end as usize);
        let expr = match text.unwrap_or_default() {
            b"true" => Expr::Bool(true),
            b"false" => Expr::Bool(false),
            b"null" => Expr::Null,
            _ => Expr::Name(self.name_at(token.start, token.end)),
        };
        self.push(expr, token.start, token.end)
    }

    /// From `(` or `::` on.
    #[inline(never)]
    fn call(&mut self, first: Token) -> ExprId {
        let start = first.start;
        let mut whole: Option<String> = None;
        while self.eat(Kind::ColonColon) {
            if self.lexer.token.kind != Kind::Ident {
                self.expected(
                    "a function's name",
                    "a provider's function is `provider::aws::name(…)`",
                );
                return self.missing();
            }
            let name = whole.get_or_insert_with(|| self.slice(first.start, first.end).to_owned());
            name.push_str("::");
            name.push_str(self.slice(self.lexer.token.start, self.lexer.token.end));
            self.bump();
        }
        let name = match whole {
            None => self.name_at(first.start, first.end),
            Some(whole) => self.name_of(&whole),
        };
        if self.lexer.token.kind != Kind::ParenOpen {
            self.expected("`(`", "a provider's function is called: `provider::aws::name(…)`");
            return self.missing();
        }
        self.arguments(start, name)
    }

    #[inline(never)]
    fn arguments(&mut self, start: u32, name: Symbol) -> ExprId {
        let bracket = self.open("call", Kind::ParenClose, start);
        let base = self.scratch.items.len();
        let mut expand = false;
        while !matches!(self.lexer.token.kind, Kind::ParenClose | Kind::End) {
            let value = self.expression();
            self.scratch.items.push(value);
            if self.lexer.token.kind == Kind::Ellipsis && !self.lost {
                expand = true;
                self.bump();
                if self.lexer.token.kind != Kind::ParenClose {
                    self.expected("`)`", "only the last argument may carry `...`");
                }
            }
            if !self.next_item(&bracket) {
                break;
            }
        }
        self.close(&bracket);
        let args = self.list(base);
        self.push(Expr::Call { name, args, expand }, start, self.end)
    }

    #[inline(never)]
    fn parens(&mut self) -> ExprId {
        let start = self.lexer.token.start;
        let bracket = self.open("parenthesis", Kind::ParenClose, start);
        let inner = self.expression();
        self.close(&bracket);
        self.push(Expr::Parens(inner), start, self.end)
    }

    /// Everything that `.` and `[` add to a value. What follows a full splat belongs to the splat's body.
    #[inline(never)]
    pub(super) fn traversals(&mut self, term: ExprId) -> ExprId {
        let mut value = term;
        let base = self.scratch.items.len();
        let mut length = 0;
        while !self.lost {
            length += 1;
            match self.lexer.token.kind {
                Kind::Dot => value = self.dot(value),
                Kind::BracketOpen => match self.index_or_splat(value) {
                    Step::Index(id) => value = id,
                    Step::Splat(item) => {
                        self.scratch.items.push(value);
                        value = item;
                    }
                },
                _ => break,
            }
        }
        self.longest = u32::max(self.longest, length);
        while self.scratch.items.len() > base {
            if let Some(on) = self.scratch.items.pop() {
                let (start, end) = (self.start_of(on), self.end_of(value));
                value = self.push(Expr::Splat { on, body: value, full: true }, start, end);
            }
        }
        value
    }

    fn dot(&mut self, on: ExprId) -> ExprId {
        let dot = self.lexer.token.start;
        self.bump_to_name();
        if self.lexer.token.kind == Kind::Star {
            self.dot_splat(on, dot)
        } else {
            self.dot_name(on)
        }
    }

    /// After a dot: a name, or the index of the old syntax.
    fn dot_name(&mut self, on: ExprId) -> ExprId {
        let (start, token) = (self.start_of(on), self.lexer.token);
        match token.kind {
            Kind::Ident => {
                let name = self.name_at(token.start, token.end);
                self.bump_to_line();
                self.push(Expr::Attr { on, name }, start, token.end)
            }
            Kind::Number => {
                self.check_legacy_index();
                self.bump();
                let key = self.push(Expr::Number, token.start, token.end);
                self.push(Expr::Index { on, key }, start, token.end)
            }
            _ => {
                self.expected(
                    "an attribute's name",
                    "a dot is followed by a name: `aws_vpc.main.id`",
                );
                on
            }
        }
    }

    fn check_legacy_index(&mut self) {
        let text = self.token_text();
        if text.contains('.') {
            let message = format!("{} reads as one number, not as two indexes", quoted(text));
            self.report(
                Report::error("invalid-index", message)
                    .at(self.here(), "read as a fraction")
                    .help("write each index in brackets: `[0][1]`"),
            );
        }
    }

    /// From the star of `.*` on: only names and old-style indexes belong to the body.
    fn dot_splat(&mut self, on: ExprId, dot: u32) -> ExprId {
        let end = self.lexer.token.end;
        self.bump();
        let mut body = self.push(Expr::SplatItem, dot, end);
        let mut length = 0;
        while self.lexer.token.kind == Kind::Dot && !self.lost {
            length += 1;
            self.longest = u32::max(self.longest, length);
            self.bump();
            if self.lexer.token.kind == Kind::Star {
                self.expected("an attribute's name", "write `[*]` to look into lists within lists");
                break;
            }
            body = self.dot_name(body);
        }
        let (start, end) = (self.start_of(on), self.end_of(body));
        self.push(Expr::Splat { on, body, full: false }, start, end)
    }

    /// From `[` on: an index, or a full splat.
    fn index_or_splat(&mut self, on: ExprId) -> Step {
        let start = self.lexer.token.start;
        let bracket = self.bracket("index", Kind::BracketClose, start);
        self.bump();
        if self.eat(Kind::Star) {
            self.close(&bracket);
            return Step::Splat(self.push(Expr::SplatItem, start, self.end));
        }
        self.newlines = false;
        self.skip_newlines();
        let key = self.expression();
        self.close(&bracket);
        Step::Index(self.push(Expr::Index { on, key }, self.start_of(on), self.end))
    }
}

/// What `[ ]` was.
enum Step {
    Index(ExprId),
    Splat(ExprId),
}
