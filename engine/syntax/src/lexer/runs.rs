//! Runs of bytes, sixteen at a step.
//!
//! A class of bytes is a function of one byte that gives 0 within the class. It is made of additions and minima without a branch, so
//! that the compiler works on sixteen bytes in one register, on any machine.

/// How many bytes are looked at in one step.
const STEP: usize = 16;

/// 0 for this byte.
const fn is(b: u8, this: u8) -> u8 {
    b ^ this
}

/// 0 from `low` to `high`.
const fn within(b: u8, low: u8, high: u8) -> u8 {
    b.wrapping_sub(low).saturating_sub(high - low)
}

/// 0 where `class` is not.
const fn not(class: u8) -> u8 {
    1_u8.saturating_sub(class)
}

/// Blanks and ends of lines; a `\r` is looked at by itself.
pub(super) fn space(b: u8) -> u8 {
    within(b, b'\t', b'\n').min(is(b, b' '))
}

/// Blanks.
pub(super) fn blank(b: u8) -> u8 {
    is(b, b' ').min(is(b, b'\t'))
}

/// What an identifier is made of in ASCII.
pub(super) fn name(b: u8) -> u8 {
    let letter = within(b | 0x20, b'a', b'z');
    letter.min(within(b, b'0', b'9')).min(is(b, b'-')).min(is(b, b'_'))
}

/// Digits.
pub(super) fn digit(b: u8) -> u8 {
    within(b, b'0', b'9')
}

/// What in a quoted string is just text.
pub(super) fn quoted(b: u8) -> u8 {
    let sign = within(b, b'$', b'%').min(is(b, b'"')).min(is(b, b'\\'));
    not(sign.min(is(b, b'\n')).min(is(b, b'\r')))
}

/// What in a heredoc's line is just text.
pub(super) fn text(b: u8) -> u8 {
    not(within(b, b'$', b'%').min(is(b, b'\n')))
}

/// What a comment is made of.
pub(super) fn comment(b: u8) -> u8 {
    not(is(b, b'\n'))
}

/// Where a run from `at` on ends: at the first byte that is not of the class, or at the end.
#[inline(never)]
pub(super) fn run(bytes: &[u8], at: u32, class: impl Fn(u8) -> u8) -> u32 {
    let mut at = at as usize;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let classes = classes(chunk, &class);
        if classes != 0 {
            return super::offset(at) + classes.trailing_zeros() / 8;
        }
        at += STEP;
    }
    last(bytes, at, class)
}

/// The same of a run that ends within the first step, as most do; `Err` is where to look further.
#[expect(clippy::inline_always, reason = "the compiler would call it, for more than it costs")]
#[inline(always)]
pub(super) fn short(bytes: &[u8], at: u32, class: impl Fn(u8) -> u8) -> Result<u32, u32> {
    let Some(chunk) = bytes.get(at as usize..).and_then(<[u8]>::first_chunk) else {
        return Err(at);
    };
    let classes = classes(chunk, class);
    let length = classes.trailing_zeros() / 8;
    if classes == 0 { Err(at + length) } else { Ok(at + length) }
}

/// The classes of sixteen bytes, the first in the lowest.
#[inline]
fn classes(chunk: &[u8; STEP], class: impl Fn(u8) -> u8) -> u128 {
    u128::from_le_bytes(chunk.map(class))
}

#[cold]
fn last(bytes: &[u8], at: usize, class: impl Fn(u8) -> u8) -> u32 {
    let rest = bytes.get(at..).unwrap_or_default();
    super::offset(at + rest.iter().take_while(|b| class(**b) == 0).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where the first byte stands that `stops` says yes to.
    fn found(bytes: &[u8], at: usize, stops: impl Fn(u8) -> bool) -> u32 {
        let run = bytes.iter().skip(at).position(|b| stops(*b));
        u32::try_from(run.map_or(bytes.len(), |length| at + length)).unwrap()
    }

    proptest! {
        #[test]
        fn a_run_ends_where_byte_by_byte_it_would(bytes in prop::collection::vec(prop_oneof![
            any::<u8>(), Just(b' '), Just(b'a'), Just(b'-'), Just(b'_'), Just(b'!'), Just(b'7'), Just(b'Z'),
        ], 0..80), at in 0..80_usize) {
            let at = at.min(bytes.len());
            let from = u32::try_from(at).unwrap();
            let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
            prop_assert_eq!(run(&bytes, from, space), found(&bytes, at, |b| !b" \n\t".contains(&b)));
            prop_assert_eq!(run(&bytes, from, blank), found(&bytes, at, |b| !b" \t".contains(&b)));
            prop_assert_eq!(run(&bytes, from, name), found(&bytes, at, |b| !is_name(b)));
            let near = found(&bytes, at, |b| !is_name(b));
            let short = short(&bytes, from, name);
            prop_assert!(short == Ok(near) || short.is_err_and(|at| run(&bytes, at, name) == near));
            prop_assert_eq!(run(&bytes, from, digit), found(&bytes, at, |b| !b.is_ascii_digit()));
            prop_assert_eq!(run(&bytes, from, quoted), found(&bytes, at, |b| b"\"\\$%\n\r".contains(&b)));
            prop_assert_eq!(run(&bytes, from, text), found(&bytes, at, |b| b"\n$%".contains(&b)));
            prop_assert_eq!(run(&bytes, from, comment), found(&bytes, at, |b| b == b'\n'));
        }

        #[test]
        fn every_byte_is_in_its_classes(b in any::<u8>()) {
            prop_assert_eq!(name(b) == 0, b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            prop_assert_eq!(digit(b) == 0, b.is_ascii_digit());
            prop_assert_eq!(quoted(b) == 0, !b"\"\\$%\n\r".contains(&b));
        }
    }
}
