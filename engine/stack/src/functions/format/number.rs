//! Numbers in format strings, as Go's `fmt` prints big integers and floats.

use super::verb::Verb;
use crate::functions::Trouble;
use crate::value::{Decimal, Number};
use dashu_int::{IBig, Sign};

pub(super) fn append(verb: &Verb, n: &Number, out: &mut String) -> Result<(), Trouble> {
    match verb.letter {
        'b' | 'd' | 'o' | 'x' | 'X' => {
            let whole = Some(n).filter(|n| n.is_integer()).and_then(Number::integer_digits);
            let whole = whole.ok_or_else(|| format!("`%{}` needs a whole number", verb.letter))?;
            integer(verb, whole, out);
        }
        _ => float(verb, n, out),
    }
    Ok(())
}

fn sign(verb: &Verb, negative: bool) -> &'static str {
    match (negative, verb.plus, verb.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    }
}

/// `[blanks][sign][prefix][zeros][digits][blanks]`
fn integer(verb: &Verb, n: IBig, out: &mut String) {
    let (base, prefix) = match verb.letter {
        'b' => (2, "0b"),
        'o' => (8, "0"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let prefix = if verb.sharp { prefix } else { "" };
    let (number_sign, magnitude) = n.into_parts();
    let sign = sign(verb, number_sign == Sign::Negative);
    let mut digits = magnitude.in_radix(base).to_string();
    if verb.letter == 'X' {
        digits.make_ascii_uppercase();
    }
    let mut zeros = match verb.precision {
        Some(0) if digits == "0" => return,
        Some(least) => least.saturating_sub(digits.len()),
        None => 0,
    };
    let length = sign.len() + prefix.len() + zeros + digits.len();
    let missing = verb.width.unwrap_or(0).saturating_sub(length);
    let (mut left, mut right) = (0, 0);
    if verb.minus {
        right = missing;
    } else if verb.zero && verb.precision.is_none() {
        zeros = missing;
    } else {
        left = missing;
    }
    for (text, times) in
        [(" ", left), (sign, 1), (prefix, 1), ("0", zeros), (digits.as_str(), 1), (" ", right)]
    {
        out.push_str(&text.repeat(times));
    }
}

fn float(verb: &Verb, n: &Number, out: &mut String) {
    let (sign, digits) = match magnitude(verb, n) {
        Some(digits) => (sign(verb, n.is_negative()), digits),
        None => match (n.is_negative(), verb.space) {
            (true, _) => ("-", "Inf".to_owned()),
            (false, true) => (" ", "Inf".to_owned()),
            (false, false) => ("+", "Inf".to_owned()),
        },
    };
    let missing = verb.width.unwrap_or(0).saturating_sub(sign.len() + digits.len());
    let (mut left, mut zeros, mut right) = (0, 0, 0);
    if verb.zero && !verb.minus && !n.is_infinite() {
        zeros = missing;
    } else if verb.minus {
        right = missing;
    } else {
        left = missing;
    }
    for (text, times) in [(" ", left), (sign, 1), ("0", zeros), (digits.as_str(), 1), (" ", right)]
    {
        out.push_str(&text.repeat(times));
    }
}

/// The digits without a sign; none for infinity.
fn magnitude(verb: &Verb, n: &Number) -> Option<String> {
    let exact = n.exact()?;
    let places = verb.precision.unwrap_or(6);
    Some(match verb.letter {
        'e' | 'E' => {
            let text = exact.round_to(places + 1).scientific(places);
            if verb.letter == 'E' { text.to_ascii_uppercase() } else { text }
        }
        'f' => exact.round_places(places).fixed(places),
        'g' => unsigned_general(n, verb.precision, 'e')?,
        _ => unsigned_general(n, verb.precision, 'E')?,
    })
}

/// `%g`: as few digits as read back, or a number of significant ones; an exponent where that is shorter.
pub(super) fn general(n: &Number, precision: Option<usize>, letter: char) -> String {
    let sign = if n.is_negative() { "-" } else { "" };
    match unsigned_general(n, precision, letter) {
        Some(digits) => format!("{sign}{digits}"),
        None => n.to_string(),
    }
}

fn unsigned_general(n: &Number, precision: Option<usize>, letter: char) -> Option<String> {
    let (decimal, wanted): (Decimal, Option<usize>) = match precision {
        None => (n.shortest()?, None),
        Some(digits) => (n.exact()?.round_to(digits.max(1)), Some(digits.max(1))),
    };
    let count = decimal.digits().len();
    let significant = i64::try_from(count).unwrap_or(0);
    let point = if count == 0 { 1 } else { decimal.point() };
    let limit = match wanted {
        None => 6,
        Some(digits) if digits > count && significant >= decimal.point() => significant,
        Some(digits) => i64::try_from(digits).unwrap_or(i64::MAX),
    };
    let exponent = decimal.point() - 1;
    if count > 0 && (exponent < -4 || exponent >= limit) {
        let text = decimal.scientific(count.saturating_sub(1));
        return Some(if letter == 'E' { text.to_ascii_uppercase() } else { text });
    }
    let places = usize::try_from(significant - point).unwrap_or(0);
    Some(decimal.fixed(places))
}
