//! JSON values as expressions.

use super::Json;
use super::text::Text;
use crate::arena::index;
use crate::report::quoted;
use crate::tree::{Expr, ExprId, Part, UnaryOp};
use crate::{Report, Span, parser};
use nom::branch::alt;
use nom::character::complete::{char, digit0, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::{IResult, Parser};

/// A number's text, as RFC 8259 has it.
fn number(input: &str) -> IResult<&str, &str> {
    let whole = alt((recognize(char('0')), recognize((one_of("123456789"), digit0))));
    let fraction = opt((char('.'), digit1));
    let exponent = opt((one_of("eE"), opt(one_of("+-")), digit1));
    recognize((opt(char('-')), whole, fraction, exponent)).parse(input)
}

impl<'a> Json<'a> {
    pub(super) fn value(&mut self) -> ExprId {
        match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => match self.string() {
                Some((text, span)) => self.template(&text, span),
                None => self.missing(),
            },
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(byte) if byte.is_ascii_alphabetic() => self.word(),
            _ => {
                self.no_value();
                self.missing()
            }
        }
    }

    #[cold]
    fn no_value(&mut self) {
        let help = "a value is a string, a number, `true`, `false`, `null`, an array or an object";
        self.expected("a value", help);
    }

    fn missing(&mut self) -> ExprId {
        let at = index(self.at);
        self.arena.expr(Expr::Missing, at, at)
    }

    fn object(&mut self) -> ExprId {
        let (start, base) = (index(self.at), self.items.len());
        self.sequence(b'}', "object", |json| {
            let Some((key, span)) = json.key() else { return };
            let key = json.template(&key, span);
            if json.colon() {
                let value = json.value();
                json.items.extend([key, value]);
            }
        });
        let items = self.arena.list(&mut self.items, base);
        self.arena.expr(Expr::Object(items), start, index(self.at))
    }

    fn array(&mut self) -> ExprId {
        let (start, base) = (index(self.at), self.items.len());
        self.sequence(b']', "array", |json| {
            let value = json.value();
            json.items.push(value);
        });
        let items = self.arena.list(&mut self.items, base);
        self.arena.expr(Expr::Tuple(items), start, index(self.at))
    }

    fn number(&mut self) -> ExprId {
        let start = self.at;
        let length = number(self.rest()).map_or(0, |(_, digits)| digits.len());
        let tail = self.rest().get(length..).unwrap_or("");
        let more =
            tail.bytes().take_while(|b| b.is_ascii_alphanumeric() || b".+-".contains(b)).count();
        if length == 0 || more > 0 {
            let length = usize::max(length + more, 1);
            let span = Span::new(self.file, index(start), index(start + length));
            let written = self.text.get(start..start + length).unwrap_or("");
            let message = format!("{} is not a number in JSON", quoted(written));
            self.report(
                Report::error("invalid-number", message)
                    .at(span, "not a number")
                    .help("write digits without leading zeros, or quote the text"),
            );
            self.at += length;
            return self.missing();
        }
        self.at += length;
        let (start, end) = (index(start), index(self.at));
        if self.text.as_bytes().get(start as usize) == Some(&b'-') {
            let digits = self.arena.expr(Expr::Number, start + 1, end);
            self.arena.expr(Expr::Unary(UnaryOp::Negate, digits), start, end)
        } else {
            self.arena.expr(Expr::Number, start, end)
        }
    }

    fn word(&mut self) -> ExprId {
        let length =
            self.rest().bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
        let (start, end) = (self.at, self.at + length);
        let expr = match self.text.get(start..end) {
            Some("true") => Expr::Bool(true),
            Some("false") => Expr::Bool(false),
            Some("null") => Expr::Null,
            _ => {
                self.no_value();
                Expr::Missing
            }
        };
        self.at = end;
        self.arena.expr(expr, index(start), index(end))
    }

    /// The range of the string that starts here, without its quotes; steps over it. An unclosed string ends with its line.
    pub(super) fn raw_string(&mut self) -> (usize, usize, bool) {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        loop {
            match bytes.get(end) {
                Some(b'"') => {
                    self.at = end + 1;
                    return (start, end, true);
                }
                Some(b'\\') if bytes.get(end + 1).is_some_and(|b| *b != b'\n') => end += 2,
                None | Some(b'\n') => {
                    self.at = end;
                    return (start, end, false);
                }
                Some(_) => end += 1,
            }
        }
    }

    /// A string, decoded, and where it stands with its quotes.
    pub(super) fn string(&mut self) -> Option<(Text<'a>, Span)> {
        let (start, end, closed) = self.raw_string();
        let span = Span::new(self.file, index(start - 1), index(self.at));
        if !closed {
            self.fail(
                Report::error("unclosed-string", "the string is not closed on its line")
                    .at(span, "opened here")
                    .help("add the missing `\"`"),
            );
            return None;
        }
        let text = Text::decode(self.text.get(start..end).unwrap_or(""), index(start));
        if let Some((from, to)) = text.wrong {
            let written = self.text.get(from as usize..to as usize).unwrap_or("");
            let message = format!("{} cannot stand in a JSON string", quoted(written));
            self.report(
                Report::error("invalid-escape", message)
                    .at(Span::new(self.file, from, to), "not understood")
                    .help("escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX; control characters are escaped"),
            );
        }
        Some((text, span))
    }

    /// A string as the template that it is.
    fn template(&mut self, text: &Text<'_>, span: Span) -> ExprId {
        let decoded = &*text.decoded;
        let parts = if decoded.contains("${") || decoded.contains("%{") {
            self.sequences(text, span)
        } else if decoded.is_empty() {
            self.arena.parts(&[])
        } else {
            let literal = match text.written() {
                Some((start, end)) => self.arena.names.written_text(start, end),
                None => self.arena.names.decoded_text(decoded),
            };
            self.arena.parts(&[Part::Literal(literal)])
        };
        self.arena.expr(Expr::Template(parts), span.start, span.end)
    }

    /// Parses a string's sequences, and says where in the file they stand.
    fn sequences(&mut self, text: &Text<'_>, span: Span) -> crate::PartList {
        let first = self.arena.expr_count();
        let arena = std::mem::take(&mut self.arena);
        let (arena, parts, mut reports) = if text.is_plain() {
            let upto = self.text.get(..span.end as usize - 1).unwrap_or("");
            parser::template_within(self.file, upto, span.start + 1, None, arena)
        } else {
            parser::template_within(self.file, &text.decoded, 0, Some(self.text), arena)
        };
        self.arena = arena;
        if !text.is_plain() {
            self.arena.relocate(first, &text.decoded, |at| text.place(at));
            for label in reports.iter_mut().flat_map(|r| r.at.iter_mut().chain(&mut r.related)) {
                label.span.start = text.place(label.span.start);
                label.span.end = text.place(label.span.end);
            }
        }
        for report in reports {
            self.report(report);
        }
        parts
    }
}
