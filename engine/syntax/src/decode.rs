//! Bytes to text.

use crate::Report;
use std::fmt;
use std::sync::Arc;

/// Why some bytes are no text that Terraform could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// What they are instead.
    pub reason: NotText,
    /// The first byte that shows it, counted from 0.
    pub offset: usize,
}

/// What bytes can be when they are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A file that git-crypt keeps locked: it starts with `\0GITCRYPT\0`.
    GitCrypt,
    /// UTF-16, by its byte order mark.
    Utf16,
    /// Binary data: bytes that are not UTF-8, and a NUL among them.
    Binary,
    /// Text in an older encoding: bytes that are not UTF-8.
    NotUtf8,
}

impl NotText {
    fn help(self) -> &'static str {
        match self {
            Self::GitCrypt => {
                "unlock the repository with `git-crypt unlock`, or leave this file out"
            }
            Self::Utf16 => "save the file as UTF-8",
            Self::Binary => "give it another extension, or leave it out",
            Self::NotUtf8 => "save the file as UTF-8; it may be in Latin-1 or Windows-1252",
        }
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.offset;
        match self.reason {
            NotText::GitCrypt => f.write_str("the file is encrypted by git-crypt"),
            NotText::Utf16 => f.write_str("the file is UTF-16, not UTF-8"),
            NotText::Binary => write!(f, "the file is binary: byte {offset} is not UTF-8"),
            NotText::NotUtf8 => write!(f, "the file is not UTF-8: byte {offset} is no character"),
        }
    }
}

impl std::error::Error for Undecodable {}

impl Undecodable {
    /// The same for people, about the file they know by this name.
    pub fn report(&self, name: &str) -> Report {
        Report::error("not-text", format!("cannot read `{name}`: {self}")).help(self.reason.help())
    }
}

/// The text that some bytes are. A byte order mark stays; the parser steps over it.
pub fn decode(bytes: &[u8]) -> Result<Arc<str>, Undecodable> {
    if bytes.starts_with(b"\0GITCRYPT\0") {
        return Err(Undecodable { reason: NotText::GitCrypt, offset: 0 });
    }
    std::str::from_utf8(bytes).map(Arc::from).map_err(|error| {
        let reason = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            NotText::Utf16
        } else if bytes.contains(&0) {
            NotText::Binary
        } else {
            NotText::NotUtf8
        };
        Undecodable { reason, offset: error.valid_up_to() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> (NotText, usize) {
        let error = decode(bytes).unwrap_err();
        (error.reason, error.offset)
    }

    #[test]
    fn text_stays_as_it_is() {
        assert_eq!(&*decode("a = \"é\"\r\n".as_bytes()).unwrap(), "a = \"é\"\r\n");
        assert_eq!(&*decode(b"\xEF\xBB\xBFa = 1").unwrap(), "\u{feff}a = 1");
    }

    #[test]
    fn what_is_not_text_is_named_with_its_first_byte() {
        assert_eq!(refusal(b"\0GITCRYPT\0\x12\x34"), (NotText::GitCrypt, 0));
        assert_eq!(refusal(b"\xFF\xFEa\0"), (NotText::Utf16, 0));
        assert_eq!(refusal(b"ab\0\xC0\x80"), (NotText::Binary, 3));
        assert_eq!(refusal(b"a = \"\xE9\""), (NotText::NotUtf8, 5));
    }

    #[test]
    fn people_read_the_file_and_the_cure() {
        let report = decode(b"a\xE9").unwrap_err().report("main.tf");
        assert_eq!(
            report.message,
            "cannot read `main.tf`: the file is not UTF-8: byte 1 is no character"
        );
        assert!(report.help.is_some());
    }
}
