//! Finding the way back after a problem.

use super::Parser;
use crate::lexer::{Kind, starts_identifier};

impl Parser<'_> {
    /// Steps over what makes no sense, up to one of `stops` on this level, an unmatched closing bracket, the next attribute or
    /// block, or the end of the file. The parser is lost no more only when one of `stops` is next.
    #[cold]
    pub(super) fn resync(&mut self, stops: &[Kind]) {
        let newlines = std::mem::replace(&mut self.newlines, true);
        let mut open = 0_u32;
        loop {
            let kind = self.lexer.token.kind;
            if kind == Kind::End || self.at_next_item() {
                break;
            }
            if open == 0 && stops.contains(&kind) {
                self.lost = false;
                break;
            }
            match kind {
                Kind::BraceOpen
                | Kind::BracketOpen
                | Kind::ParenOpen
                | Kind::QuoteOpen
                | Kind::HeredocOpen
                | Kind::Interpolation
                | Kind::Directive => open += 1,
                Kind::BraceClose
                | Kind::BracketClose
                | Kind::ParenClose
                | Kind::QuoteClose
                | Kind::QuoteBreak
                | Kind::HeredocClose
                | Kind::SequenceEnd => match open.checked_sub(1) {
                    Some(less) => open = less,
                    None if self.open.is_stray(kind) => {}
                    None => break,
                },
                _ => {}
            }
            self.bump();
        }
        self.newlines = newlines;
    }

    /// Steps to the end of the line, or to the next attribute or block, and is lost no more.
    #[cold]
    pub(super) fn resync_line(&mut self) {
        loop {
            self.resync(&[Kind::Newline]);
            match self.lexer.token.kind {
                Kind::Newline | Kind::End | Kind::BraceClose => break,
                _ if self.at_next_item() => break,
                _ => self.bump(),
            }
        }
        if self.at_next_item() {
            self.lexer.restart();
            self.bump();
        }
        self.lost = false;
    }

    /// Whether the next token starts a line and reads like the next attribute or block, no further right than the one being read,
    /// or like the end of the block around it, further left: then whatever is still open was never closed.
    pub(super) fn at_next_item(&self) -> bool {
        let Some(indent) = self.indent else { return false };
        let fits = match self.lexer.token.kind {
            Kind::Ident if self.reads_like_item() => self.column().is_some_and(|c| c <= indent),
            Kind::BraceClose | Kind::SequenceEnd => self.column().is_some_and(|c| c < indent),
            _ => false,
        };
        fits && !self.lexer.in_lines()
    }

    /// Whether `=`, a label or `{` follows the identifier that is next.
    fn reads_like_item(&self) -> bool {
        let after = self.after_token().trim_start_matches([' ', '\t']);
        self.sets_or_opens() || after.starts_with('"') || after.starts_with(starts_identifier)
    }

    /// Whether `=` or `{` follows the identifier that is next.
    pub(super) fn sets_or_opens(&self) -> bool {
        match self.after_token().trim_start_matches([' ', '\t']).as_bytes() {
            [b'=', next, ..] => !matches!(next, b'=' | b'>'),
            [first, ..] => matches!(first, b'=' | b'{'),
            [] => false,
        }
    }

    /// The text after the next token.
    pub(super) fn after_token(&self) -> &str {
        self.text.get(self.lexer.token.end as usize..).unwrap_or("")
    }

    /// The column, in bytes, at which the next token stands, when only blanks stand before it.
    pub(super) fn column(&self) -> Option<usize> {
        let before = self.text.as_bytes().get(..self.lexer.token.start as usize)?;
        let line = before.iter().rposition(|b| !matches!(b, b' ' | b'\t'));
        match line {
            Some(at) if before.get(at) != Some(&b'\n') => None,
            _ => Some(before.len() - line.map_or(0, |at| at + 1)),
        }
    }
}
