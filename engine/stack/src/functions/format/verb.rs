//! Format strings: `%`, flags, width, precision, `[argument]`, and a letter.

use super::number;
use crate::functions::Trouble;
use crate::functions::json;
use crate::functions::string::LONGEST;
use crate::value::{Kind, Type, Value};
use unicode_segmentation::UnicodeSegmentation;

/// One verb.
#[expect(clippy::struct_excessive_bools, reason = "one a flag character, in any combination")]
#[derive(Clone, Debug, Default)]
pub(super) struct Verb {
    pub(super) letter: char,
    pub(super) zero: bool,
    pub(super) sharp: bool,
    pub(super) plus: bool,
    pub(super) minus: bool,
    pub(super) space: bool,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
}

/// The widest a verb may ask for; Go's own limit.
const WIDEST: usize = 1_000_000;

/// Fills the arguments in. Every argument must be used.
pub(super) fn format(text: &str, arguments: &[&Value]) -> Result<String, Trouble> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let (mut next, mut used) = (0, 0);
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let mut reader = Reader { rest: after };
        let (verb, index) = reader.verb().ok_or_else(|| {
            let shown: String = after.chars().take(8).collect();
            Trouble::new(format!("`%{shown}` is not a valid verb"))
        })?;
        let at = index.unwrap_or(next);
        let argument = arguments.get(at).ok_or_else(|| {
            let given = arguments.len();
            Trouble::new(format!(
                "`%{}` needs argument {}, but there are {given}",
                verb.letter,
                at + 1
            ))
        })?;
        next = at + 1;
        used = used.max(next);
        verb.append(argument, &mut out)?;
        if out.len() > LONGEST {
            return Err("the result would be too long".into());
        }
        rest = reader.rest;
    }
    out.push_str(rest);
    if used < arguments.len() {
        let message = format!("the format uses only {used} of {} arguments", arguments.len());
        return Err(Trouble::argument(used + 1, message));
    }
    Ok(out)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, c: char) -> bool {
        let after = self.rest.strip_prefix(c);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn digits(&mut self) -> Option<usize> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, after) = self.rest.split_at_checked(end)?;
        self.rest = after;
        if digits.is_empty() { Some(0) } else { digits.parse().ok().filter(|n| *n <= WIDEST) }
    }

    fn verb(&mut self) -> Option<(Verb, Option<usize>)> {
        let mut verb = Verb::default();
        loop {
            match self.rest.chars().next()? {
                '0' => verb.zero = true,
                '#' => verb.sharp = true,
                '-' => verb.minus = true,
                '+' => verb.plus = true,
                ' ' => verb.space = true,
                _ => break,
            }
            self.rest = self.rest.get(1..)?;
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            verb.width = Some(self.digits()?);
        }
        if self.take('.') {
            verb.precision = Some(self.digits()?);
        }
        let mut index = None;
        if self.take('[') {
            let number = self.digits().filter(|n| *n > 0)?;
            if !self.take(']') {
                return None;
            }
            index = Some(number - 1);
        }
        verb.letter = self.rest.chars().next().filter(char::is_ascii_alphabetic)?;
        self.rest = self.rest.get(1..)?;
        Some((verb, index))
    }
}

impl Verb {
    fn append(&self, argument: &Value, out: &mut String) -> Result<(), Trouble> {
        let as_type = |ty: &Type| {
            if argument.is_null() {
                return Err(Trouble::new(format!("`%{}` cannot show null", self.letter)));
            }
            argument.convert(ty).map_err(|e| Trouble::new(format!("`%{}`: {e}", self.letter)))
        };
        match self.letter {
            'v' => self.pad(&self.as_is(argument)?, out),
            't' => {
                let shown =
                    if as_type(&Type::Bool)?.as_bool() == Some(true) { "true" } else { "false" };
                out.push_str(shown);
            }
            'b' | 'd' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'g' | 'G' => {
                let value = as_type(&Type::Number)?;
                let Some(n) = value.as_number() else { return Err("a number is required".into()) };
                number::append(self, n, out)?;
            }
            's' | 'q' => {
                let value = as_type(&Type::String)?;
                let text = value.as_str().unwrap_or("");
                let cut: String;
                let text = match self.precision {
                    Some(most) if most > 0 => {
                        cut = text.graphemes(true).take(most).collect();
                        &cut
                    }
                    _ => text,
                };
                if self.letter == 's' {
                    self.pad(text, out);
                } else {
                    let mut quoted = String::new();
                    json::quote(text, &mut quoted);
                    self.pad(&quoted, out);
                }
            }
            letter => return Err(format!("there is no verb `%{letter}`").into()),
        }
        Ok(())
    }

    /// `%v`: strings and numbers plain, everything else as JSON; `%#v` always JSON.
    fn as_is(&self, argument: &Value) -> Result<String, Trouble> {
        match &argument.kind {
            Kind::String(text) if !self.sharp => Ok(text.to_string()),
            Kind::Number(n) if !self.sharp => Ok(number::general(n, None, 'e')),
            _ => {
                let mut text = String::new();
                json::write(argument, &mut text)?;
                Ok(text)
            }
        }
    }

    /// Pads to the width, in characters as people see them.
    fn pad(&self, text: &str, out: &mut String) {
        let width = self.width.unwrap_or(0);
        let length = text.graphemes(true).count();
        let fill = if self.zero { "0" } else { " " }.repeat(width.saturating_sub(length));
        if self.minus {
            out.push_str(text);
            out.push_str(&fill);
        } else {
            out.push_str(&fill);
            out.push_str(text);
        }
    }
}
