//! What a piece of text says, while it is put together.

/// A text: where it stands in the file, or what it says when that is not what is written.
#[derive(Debug)]
pub(in crate::parser) enum Words {
    /// From one byte up to another.
    Written(u32, u32),
    /// Escapes decoded, or pieces joined that do not stand side by side.
    Decoded(String),
}

impl Words {
    /// What the words say, of which some may stand in `text`.
    pub(in crate::parser) fn of<'a>(&'a self, text: &'a str) -> &'a str {
        match self {
            Self::Written(start, end) => text.get(*start as usize..*end as usize).unwrap_or(""),
            Self::Decoded(words) => words,
        }
    }

    /// Adds what follows.
    pub(super) fn join(&mut self, more: &Self, text: &str) {
        match (&mut *self, more) {
            (Self::Written(_, end), Self::Written(start, upto)) if end == start => *end = *upto,
            (Self::Decoded(words), _) => words.push_str(more.of(text)),
            (Self::Written(..), _) => {
                *self = Self::Decoded([self.of(text), more.of(text)].concat());
            }
        }
    }

    /// Drops so many bytes at the front.
    pub(super) fn skip(&mut self, length: usize) {
        match self {
            Self::Written(start, _) => *start += crate::arena::index(length),
            Self::Decoded(words) => drop(words.drain(..length)),
        }
    }

    /// Drops the blanks at the front.
    pub(super) fn trim_start(&mut self, text: &str) {
        let words = self.of(text);
        self.skip(words.len() - words.trim_start().len());
    }

    /// Drops the blanks at the end.
    pub(super) fn trim_end(&mut self, text: &str) {
        let length = self.of(text).trim_end().len();
        match self {
            Self::Written(start, end) => *end = *start + crate::arena::index(length),
            Self::Decoded(words) => words.truncate(length),
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::Written(0, 0)
    }
}
