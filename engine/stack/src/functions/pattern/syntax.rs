//! Go's regular expression syntax (RE2, `regexp/syntax`) in the words of the `regex` crate.
//!
//! What differs: `\d`, `\w`, `\s` and `\b` are ASCII in Go; `\Q…\E` quotes; `[`, `&&`, `--` and `~~` mean nothing special inside
//! brackets; a brace that is no repetition is plain text; two repetitions in a row and more than 1000 repeats are errors; `\<` is `<`;
//! `\123` is octal.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

/// The most repeats that Go allows.
const MOST_REPEATS: u32 = 1000;

pub(super) fn translate(pattern: &str) -> Result<String, String> {
    let mut reader =
        Reader { rest: pattern.chars().peekable(), out: String::new(), repeated: false };
    while let Some(c) = reader.rest.next() {
        let repeated = std::mem::take(&mut reader.repeated);
        match c {
            '\\' => reader.escape(false)?,
            '[' => reader.class()?,
            '*' | '+' | '?' => reader.repetition(repeated, &c.to_string())?,
            '{' => match counts(reader.rest.clone()) {
                Some((text, most)) => {
                    if most > MOST_REPEATS {
                        return Err(format!("more than {MOST_REPEATS} repeats"));
                    }
                    reader.rest.nth(text.len() - 1);
                    reader.repetition(repeated, &format!("{{{text}"))?;
                }
                None => reader.out.push_str("\\{"),
            },
            '}' | ']' => {
                reader.out.push('\\');
                reader.out.push(c);
            }
            '(' => reader.group()?,
            c => reader.out.push(c),
        }
    }
    Ok(reader.out)
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    /// The last thing was a repetition.
    repeated: bool,
}

impl Reader<'_> {
    fn repetition(&mut self, again: bool, text: &str) -> Result<(), String> {
        if again {
            return Err("a repetition of a repetition".into());
        }
        self.out.push_str(text);
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        self.repeated = true;
        Ok(())
    }

    /// `(`, and the flags that Go knows after `(?`.
    fn group(&mut self) -> Result<(), String> {
        self.out.push('(');
        if self.rest.next_if_eq(&'?').is_none() {
            return Ok(());
        }
        self.out.push('?');
        if matches!(self.rest.peek(), Some('P' | '<')) {
            while let Some(c) = self.rest.next_if(|c| *c != '>') {
                if !(c.is_ascii_alphanumeric() || matches!(c, '_' | '<')) {
                    return Err("a group's name is made of letters, digits and `_`".into());
                }
                self.out.push(c);
            }
            return Ok(());
        }
        while let Some(c) = self.rest.next_if(|c| !matches!(c, ':' | ')')) {
            if !matches!(c, 'i' | 'm' | 's' | 'U' | '-') {
                return Err(format!("there is no flag `{c}`"));
            }
            self.out.push(c);
        }
        Ok(())
    }

    /// What follows a backslash.
    fn escape(&mut self, in_class: bool) -> Result<(), String> {
        let Some(c) = self.rest.next() else { return Err("it ends in a backslash".into()) };
        let bare = |set: &str| if in_class { set.to_owned() } else { format!("[{set}]") };
        match c {
            'd' => self.out.push_str(&bare("0-9")),
            's' => self.out.push_str(&bare("\\t\\n\\f\\r ")),
            'w' => self.out.push_str(&bare("0-9A-Za-z_")),
            'D' => self.out.push_str("[^0-9]"),
            'S' => self.out.push_str("[^\\t\\n\\f\\r ]"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            'b' if !in_class => self.out.push_str("(?-u:\\b)"),
            'Q' if !in_class => self.quoted(),
            'A' | 'B' | 'z' if !in_class => self.plain(c),
            'p' | 'P' | 'x' => {
                self.plain(c);
                self.braces();
            }
            'a' | 'f' | 'n' | 'r' | 't' | 'v' => self.plain(c),
            '0'..='7' => self.octal(c)?,
            c if c.is_ascii_punctuation() => self.literal(c),
            c => return Err(format!("`\\{c}` means nothing")),
        }
        Ok(())
    }

    fn plain(&mut self, c: char) {
        self.out.push('\\');
        self.out.push(c);
    }

    /// The braces of `\p{Greek}` and `\x{e9}`.
    fn braces(&mut self) {
        if self.rest.next_if_eq(&'{').is_some() {
            self.out.push('{');
            for c in self.rest.by_ref() {
                self.out.push(c);
                if c == '}' {
                    return;
                }
            }
        }
    }

    /// A character that stands for itself.
    fn literal(&mut self, c: char) {
        if c.is_ascii_punctuation() && !matches!(c, '<' | '>' | '_') {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    fn quoted(&mut self) {
        while let Some(c) = self.rest.next() {
            if c == '\\' && self.rest.next_if_eq(&'E').is_some() {
                return;
            }
            self.literal(c);
        }
    }

    /// Up to three octal digits; a single one but zero would be a back reference, which does not exist.
    fn octal(&mut self, first: char) -> Result<(), String> {
        let mut digits = String::from(first);
        while digits.len() < 3
            && let Some(digit) = self.rest.next_if(|c| matches!(c, '0'..='7'))
        {
            digits.push(digit);
        }
        if digits.len() == 1 && first != '0' {
            return Err("references back to groups do not exist".into());
        }
        let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
        let _ = write!(self.out, "\\x{{{code:x}}}");
        Ok(())
    }

    /// `[…]`
    fn class(&mut self) -> Result<(), String> {
        self.out.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut first = true;
        loop {
            match self.rest.next() {
                None => return Err("a bracket is not closed".into()),
                Some(']') if !first => break,
                Some('[') if self.rest.peek() == Some(&':') => self.posix()?,
                Some(c) => {
                    self.member(c)?;
                    let mut ahead = self.rest.clone();
                    if ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']') {
                        self.rest.next();
                        self.out.push('-');
                        let end = self.rest.next().unwrap_or('-');
                        self.member(end)?;
                    }
                }
            }
            first = false;
        }
        self.out.push(']');
        Ok(())
    }

    fn member(&mut self, c: char) -> Result<(), String> {
        if c == '\\' {
            return self.escape(true);
        }
        self.literal(c);
        Ok(())
    }

    /// `[:alpha:]`
    fn posix(&mut self) -> Result<(), String> {
        self.out.push('[');
        for c in self.rest.by_ref() {
            self.out.push(c);
            if c == ']' {
                return Ok(());
            }
        }
        Err("a bracket is not closed".into())
    }
}

/// `n}`, `n,}` or `n,m}` with the greater of its numbers.
fn counts(mut rest: Peekable<Chars<'_>>) -> Option<(String, u32)> {
    let mut text = String::new();
    let mut most = 0;
    let mut number = |rest: &mut Peekable<Chars<'_>>, text: &mut String| {
        let start = text.len();
        while let Some(digit) = rest.next_if(char::is_ascii_digit) {
            text.push(digit);
        }
        let digits = text.get(start..).unwrap_or("").to_owned();
        most =
            most.max(digits.parse::<u32>().unwrap_or(if digits.is_empty() { 0 } else { u32::MAX }));
        !digits.is_empty()
    };
    if !number(&mut rest, &mut text) {
        return None;
    }
    if rest.next_if_eq(&',').is_some() {
        text.push(',');
        number(&mut rest, &mut text);
    }
    rest.next_if_eq(&'}')?;
    text.push('}');
    Some((text, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_translated() {
        for (go, rust) in [
            (r"\d+", r"[0-9]+"),
            (r"[\d-]", r"[0-9\-]"),
            (r"[a[b]", r"[a\[b]"),
            (r"[+--]", r"[\+-\-]"),
            (r"a{,2}", r"a\{,2\}"),
            (r"a{2,}?", r"a{2,}?"),
            (r"\Qa.b\Ec", r"a\.bc"),
            (r"\p{Greek}+", r"\p{Greek}+"),
            (r"\<", "<"),
            (r"\101", r"\x{41}"),
        ] {
            assert_eq!(translate(go).unwrap(), rust, "{go}");
        }
        for wrong in ["a**", "a{1001}", r"\1", "(?x)a", "[a", r"\y"] {
            assert!(translate(wrong).is_err(), "{wrong}");
        }
    }
}
