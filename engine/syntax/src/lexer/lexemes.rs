//! The smallest pieces, as nom parsers: identifiers, numbers, escapes.

use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::character::complete::{anychar, char, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::multi::many0_count;
use nom::{IResult, Parser};

/// Whether an identifier may start with this character.
pub(crate) fn starts_identifier(c: char) -> bool {
    c == '_'
        || c.is_ascii_alphabetic()
        || (!c.is_ascii() && (unicode_ident::is_xid_start(c) || starts_before_normalisation(c)))
}

/// The characters that Unicode's `ID_Start` has and its `XID_Start` has not (UAX #31, section 5.1): Terraform goes by the former.
fn starts_before_normalisation(c: char) -> bool {
    matches!(c, '\u{37a}' | '\u{e33}' | '\u{eb3}' | '\u{309b}'..='\u{309c}' | '\u{fc5e}'..='\u{fc63}')
        || matches!(c, '\u{fdfa}'..='\u{fdfb}' | '\u{ff9e}'..='\u{ff9f}')
        || (matches!(c, '\u{fe70}'..='\u{fe7e}') && u32::from(c) % 2 == 0)
}

fn continues_identifier(c: char) -> bool {
    c == '-'
        || c == '_'
        || c.is_ascii_alphanumeric()
        || (!c.is_ascii() && (unicode_ident::is_xid_continue(c) || starts_before_normalisation(c)))
}

/// The rest of an identifier whose first character the caller has seen. Nearly all are ASCII.
pub(crate) fn identifier(input: &str) -> IResult<&str, &str> {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let length = input.bytes().take_while(plain).count();
    match input.split_at_checked(length) {
        Some((name, rest)) if length > 0 && rest.bytes().next().is_none_or(|b| b.is_ascii()) => {
            Ok((rest, name))
        }
        _ => take_while1(continues_identifier)(input),
    }
}

/// A number's text, as wide as Terraform's scanner cuts it: `10.0.0.0` is one (bad) number, the last dot of `1.` is none.
pub(crate) fn number(input: &str) -> IResult<&str, &str> {
    let exponent = || recognize((one_of("eE"), opt(one_of("+-")), digit1));
    let dots = take_while1(|c| c == '.');
    let more = alt((digit1, exponent(), recognize((dots, alt((digit1, exponent()))))));
    recognize((digit1, many0_count(more))).parse(input)
}

/// Whether a number's text means one: `1`, `1.5`, `1.e5`, `2E-3`.
pub(crate) fn is_number(text: &str) -> bool {
    let digits0 = || take_while(|c: char| c.is_ascii_digit());
    let exponent = (one_of("eE"), opt(one_of("+-")), digit1);
    let parsed: IResult<&str, _> = (digit1, opt((char('.'), digits0())), opt(exponent)).parse(text);
    parsed.is_ok_and(|(rest, _)| rest.is_empty())
}

/// What a backslash and what follows it stand for.
pub(crate) enum Escape<'a> {
    /// A character.
    Char(char),
    /// Nothing: the text that is wrong.
    Wrong(&'a str),
}

/// An escape, backslash included.
pub(crate) fn escape(input: &str) -> IResult<&str, Escape<'_>> {
    let (after, (_, selector)) = (char('\\'), anychar).parse(input)?;
    let plain = |c| Ok((after, Escape::Char(c)));
    let hex = |count| -> IResult<&str, Escape<'_>> {
        let mut digits = take_while_m_n(0, count, |c: char| c.is_ascii_hexdigit());
        let (rest, found): (&str, &str) = digits.parse(after)?;
        let decoded = (found.len() == count)
            .then(|| u32::from_str_radix(found, 16).ok().and_then(char::from_u32))
            .flatten();
        let written = input.get(..input.len() - rest.len()).unwrap_or(input);
        Ok((rest, decoded.map_or(Escape::Wrong(written), Escape::Char)))
    };
    match selector {
        'n' => plain('\n'),
        'r' => plain('\r'),
        't' => plain('\t'),
        '"' => plain('"'),
        '\\' => plain('\\'),
        'u' => hex(4),
        'U' => hex(8),
        _ => {
            let written = input.get(..input.len() - after.len()).unwrap_or(input);
            Ok((after, Escape::Wrong(written)))
        }
    }
}
