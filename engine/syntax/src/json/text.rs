//! JSON strings, decoded, with the way back to the file.

use nom::bytes::complete::take_while_m_n;
use nom::{IResult, Parser};
use std::borrow::Cow;

/// A decoded string.
#[derive(Debug, Default)]
pub(super) struct Text<'a> {
    /// What the string says.
    pub(super) decoded: Cow<'a, str>,
    /// After each escape: offset in `decoded`, offset in the file.
    shifts: Vec<(u32, u32)>,
    /// Where the string's inside starts in the file.
    start: u32,
    /// The first byte that no JSON string may hold, or the first bad escape, as a range of the file.
    pub(super) wrong: Option<(u32, u32)>,
}

impl<'a> Text<'a> {
    /// Decodes the inside of a string that starts at byte `start` of the file.
    pub(super) fn decode(raw: &'a str, start: u32) -> Self {
        let mut text = Self { decoded: raw.into(), start, ..Self::default() };
        if !raw.bytes().any(|b| b == b'\\' || b < b' ') {
            return text;
        }
        let mut says = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(|c| c == '\\' || c < ' ') {
            let (plain, special) = rest.split_at(at);
            says.push_str(plain);
            let (decoded, after) = escape(special);
            let from = start + offset(raw.len() - special.len());
            let to = start + offset(raw.len() - after.len());
            match decoded {
                Some(c) => says.push(c),
                None => text.wrong = text.wrong.or(Some((from, to))),
            }
            text.shifts.push((offset(says.len()), to));
            rest = after;
        }
        says.push_str(rest);
        text.decoded = says.into();
        text
    }

    /// Whether the string reads in the file as it is decoded.
    pub(super) fn is_plain(&self) -> bool {
        self.shifts.is_empty()
    }

    /// Where what the string says stands in the file, when it reads so there.
    pub(super) fn written(&self) -> Option<(u32, u32)> {
        self.is_plain().then(|| (self.start, self.start + offset(self.decoded.len())))
    }

    /// The byte of the file that an offset in `decoded` came from.
    pub(super) fn place(&self, decoded: u32) -> u32 {
        let after = self.shifts.partition_point(|(at, _)| *at <= decoded);
        match after.checked_sub(1).and_then(|last| self.shifts.get(last)) {
            Some((at, file)) => file + (decoded - at),
            None => self.start + decoded,
        }
    }
}

/// What the backslash, or the control character, at the front stands for, and what follows. A half of a surrogate pair stands
/// for U+FFFD, as Go's decoder has it.
fn escape(special: &str) -> (Option<char>, &str) {
    let mut chars = special.chars();
    if chars.next() != Some('\\') {
        return (None, chars.as_str());
    }
    let decoded = match chars.next() {
        Some(c @ ('"' | '\\' | '/')) => Some(c),
        Some('b') => Some('\u{8}'),
        Some('f') => Some('\u{c}'),
        Some('n') => Some('\n'),
        Some('r') => Some('\r'),
        Some('t') => Some('\t'),
        Some('u') => return unicode(chars.as_str()),
        _ => None,
    };
    (decoded, chars.as_str())
}

fn unicode(digits: &str) -> (Option<char>, &str) {
    let Ok((after, first)) = four(digits) else { return (None, digits) };
    let low = after.strip_prefix("\\u").and_then(|rest| four(rest).ok());
    match (first, low) {
        (0xD800..=0xDBFF, Some((after, low @ 0xDC00..=0xDFFF))) => {
            (char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00)), after)
        }
        _ => (Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)), after),
    }
}

fn four(input: &str) -> IResult<&str, u32> {
    take_while_m_n(4, 4, |c: char| c.is_ascii_hexdigit())
        .map_res(|digits| u32::from_str_radix(digits, 16))
        .parse(input)
}

fn offset(length: usize) -> u32 {
    crate::arena::index(length)
}
