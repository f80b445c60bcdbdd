//! The text of templates: escapes, and the indentation of `<<-` heredocs.

use super::{Piece, Words};
use crate::Report;
use crate::arena::index;
use crate::lexer::{Escape, Kind, escape};
use crate::parser::Parser;
use crate::report::quoted;

impl Parser<'_> {
    /// The text of a heredoc or whole template: only `$${` and `%%{` are escapes.
    pub(super) fn plain_text(&self) -> Words {
        let text = self.token_text();
        if self.lexer.token.kind == Kind::Text {
            return Words::Written(self.lexer.token.start, self.lexer.token.end);
        }
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['$', '%']) {
            let (before, special) = rest.split_at(at);
            decoded.push_str(before);
            rest = sign(special, &mut decoded);
        }
        decoded.push_str(rest);
        Words::Decoded(decoded)
    }

    /// The text of a quoted string: backslashes escape too.
    pub(super) fn quoted_text(&mut self) -> Words {
        let text = self.token_text();
        if self.lexer.token.kind == Kind::Text {
            return Words::Written(self.lexer.token.start, self.lexer.token.end);
        }
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['\\', '$', '%']) {
            let (before, special) = rest.split_at(at);
            decoded.push_str(before);
            if !special.starts_with('\\') {
                rest = sign(special, &mut decoded);
                continue;
            }
            let (after, wrong) = match escape(special) {
                Ok((after, Escape::Char(c))) => {
                    decoded.push(c);
                    (after, "")
                }
                Ok((after, Escape::Wrong(wrong))) => (after, wrong),
                Err(_) => ("", special),
            };
            if !wrong.is_empty() {
                self.wrong_escape(wrong, text.len() - special.len());
            }
            rest = after;
        }
        decoded.push_str(rest);
        Words::Decoded(decoded)
    }

    #[cold]
    fn wrong_escape(&mut self, wrong: &str, at: usize) {
        let start = self.lexer.token.start + index(at);
        let help = match wrong.as_bytes().get(1) {
            Some(b'u') => "`\\u` takes four hexadecimal digits that name a character",
            Some(b'U') => "`\\U` takes eight hexadecimal digits that name a character",
            _ => {
                "escapes are \\n \\r \\t \\\" \\\\ \\uXXXX \\UXXXXXXXX; for a backslash write `\\\\`"
            }
        };
        self.report(
            Report::error("invalid-escape", format!("{} is no escape sequence", quoted(wrong)))
                .at(self.span(start, start + index(wrong.len())), "not understood")
                .help(help),
        );
    }
}

/// Decodes the `$` or `%` at the front; gives what follows. From left to right: the first `$` of `$$${` is itself.
fn sign<'a>(special: &'a str, decoded: &mut String) -> &'a str {
    let escaped = special.starts_with("$${") || special.starts_with("%%{");
    let (shown, taken) = if escaped { (1..3, 3) } else { (0..1, 1) };
    decoded.push_str(special.get(shown).unwrap_or(""));
    special.get(taken..).unwrap_or("")
}

/// `<<-`: takes from each line as many blanks as the least indented line has. Counted on the source, so that values cannot change
/// it; lines of blanks only do not count.
pub(super) fn flush(pieces: &mut [Piece], source: &str) {
    let mut least = usize::MAX;
    let mut line_start = true;
    let mut lines = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let text = if let Piece::Text(words) = piece { Some(words.of(source)) } else { None };
        if line_start {
            let blanks = text.map_or(0, |t| t.chars().take_while(|c| c.is_whitespace()).count());
            let blank = text.is_some_and(|t| t.ends_with('\n') && t.trim_start().is_empty());
            if !blank {
                least = usize::min(least, blanks);
                lines.push(at);
            }
        }
        line_start = text.is_some_and(|text| text.ends_with('\n'));
    }
    for at in lines {
        if let Some(Piece::Text(words)) = pieces.get_mut(at) {
            let text = words.of(source);
            words.skip(text.char_indices().nth(least).map_or(text.len(), |(at, _)| at));
        }
    }
}
