//! Runs of bytes, eight at a step.
//!
//! A word is eight bytes, the first of the text in its lowest. A mask has the top bit of each byte that stops the run; bits above
//! the lowest one may be wrong where [`zeros`] borrowed, so only the lowest is read.

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// The same byte eight times.
const fn all(byte: u8) -> u64 {
    byte as u64 * ONES
}

/// Marks the bytes that are zero.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & TOPS
}

/// Marks the bytes from `low` to `high`, of a word without top bits.
const fn within(word: u64, low: u8, high: u8) -> u64 {
    (word + all(0x80 - low)) & !(word + all(0x7F - high)) & TOPS
}

/// What stops a run of blanks: anything but a space. Tabs are looked at one by one.
pub(super) const fn blanks(word: u64) -> u64 {
    let other = word ^ all(b' ');
    (((other & !TOPS) + !TOPS) | other) & TOPS
}

/// What stops an identifier in ASCII; a byte of another alphabet does too.
pub(super) const fn names(word: u64) -> u64 {
    let ascii = word & !TOPS;
    let letters = within(ascii | all(0x20), b'a', b'z');
    let digits = within(ascii, b'0', b'9');
    let signs = within(ascii, b'-', b'-') | within(ascii, b'_', b'_');
    (!(letters | digits | signs) | word) & TOPS
}

/// What may stop the text of a quoted string: a byte up to `&` that is no space (`"`, `$`, `%`, line ends), and `\`.
pub(super) const fn quoted(word: u64) -> u64 {
    let ascii = word & !TOPS;
    let low = !(ascii + all(0x80 - 0x27)) & !word & TOPS;
    let space = within(ascii, b' ', b' ');
    (low & !space) | zeros(word ^ all(b'\\'))
}

/// What may stop the text of a heredoc's line.
pub(super) const fn lines(word: u64) -> u64 {
    zeros(word ^ all(b'\n')) | zeros((word & !ONES) ^ all(b'$'))
}

/// What stops a comment.
pub(super) const fn comments(word: u64) -> u64 {
    zeros(word ^ all(b'\n'))
}

/// How far a run from `at` on goes: `stops` marks in a word, and tells of a byte, what may end it.
pub(super) fn run(bytes: &[u8], at: usize, stops: impl Fn(u64) -> u64) -> usize {
    let mut at = at;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let mask = stops(u64::from_le_bytes(*word));
        if mask != 0 {
            return at + (mask.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    // The last bytes of the text: what is not there stops nothing.
    let rest = bytes.get(at..).unwrap_or_default();
    let word = rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    let length = (stops(word).trailing_zeros() / 8) as usize;
    at + usize::min(length, rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where the first byte stands that `stops` says yes to.
    fn first(bytes: &[u8], at: usize, stops: impl Fn(u8) -> bool) -> usize {
        bytes.iter().skip(at).position(|b| stops(*b)).map_or(bytes.len(), |length| at + length)
    }

    proptest! {
        #[test]
        fn a_run_ends_where_byte_by_byte_it_would(bytes in prop::collection::vec(prop_oneof![
            any::<u8>(), Just(b' '), Just(b'a'), Just(b'-'), Just(b'_'), Just(b'!'), Just(b'7'), Just(b'Z'),
        ], 0..40), at in 0..40_usize) {
            let at = at.min(bytes.len());
            let name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
            prop_assert_eq!(run(&bytes, at, blanks), first(&bytes, at, |b| b != b' '));
            prop_assert_eq!(run(&bytes, at, names), first(&bytes, at, |b| !name(b)));
            prop_assert_eq!(run(&bytes, at, quoted), first(&bytes, at, |b| b < 0x27 && b != b' ' || b == b'\\'));
            prop_assert_eq!(run(&bytes, at, lines), first(&bytes, at, |b| matches!(b, b'\n' | b'$' | b'%')));
            prop_assert_eq!(run(&bytes, at, comments), first(&bytes, at, |b| b == b'\n'));
        }
    }
}
