//! What a YAML scalar is: the words of YAML 1.1 (`yes`, `off`), decimal, octal and hexadecimal numbers, timestamps.

use crate::functions::date::Moment;
use crate::value::{Number, Type, Value};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// A scalar, or the key that merges another mapping in.
pub(super) enum Scalar {
    Value(Value),
    Merge,
}

/// The tags that scalars may carry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    None,
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
}

impl Tag {
    pub(super) fn of(tag: Option<&saphyr_parser::Tag>) -> Result<Self, String> {
        let Some(tag) = tag else { return Ok(Self::None) };
        let name = if tag.is_yaml_core_schema() { tag.suffix.as_str() } else { "" };
        Ok(match name {
            "str" => Self::Str,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            "binary" => Self::Binary,
            _ => return Err(format!("the tag `{tag}` is not supported")),
        })
    }
}

fn word(text: &str) -> Option<Value> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Value::bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Value::bool(false)
        }
        "" | "~" | "null" | "Null" | "NULL" => Value::null(Type::Dynamic),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            Value::number(Number::infinity(false))
        }
        "-.inf" | "-.Inf" | "-.INF" => Value::number(Number::infinity(true)),
        _ => return None,
    })
}

/// Decides by the first character whether a text may be more than text, then by the whole, then by the tag.
pub(super) fn resolve(text: &str, quoted: bool, tag: Tag) -> Result<Scalar, String> {
    let first = text.chars().next();
    let special = match first {
        None => true,
        Some(c) => c.is_ascii_digit() || "+-.yYnNtTfFoO~".contains(c),
    };
    let value = |value| Ok(Scalar::Value(value));
    let mut tag = tag;
    if special && tag != Tag::Str && tag != Tag::Binary {
        if quoted {
            return value(Value::string(text));
        }
        if let Some(found) = word(text) {
            return value(found);
        }
        if tag == Tag::None && matches!(text, ".nan" | ".NaN" | ".NAN") {
            return Err("there is no value for a number that is none".into());
        }
        match first {
            Some('.') => {
                if let Ok(number) = text.parse::<Number>() {
                    return value(Value::number(number));
                }
            }
            Some('+' | '-' | '0'..='9') => {
                if matches!(tag, Tag::None | Tag::Timestamp)
                    && let Some(time) = timestamp(text)
                {
                    return value(Value::string(time));
                }
                if is_integer(text) {
                    tag = Tag::Int;
                } else if is_float(text) {
                    tag = Tag::Float;
                }
            }
            _ => {}
        }
    }
    if tag == Tag::None && text == "<<" && !quoted {
        return Ok(Scalar::Merge);
    }
    let wrong = |what: &str| Err(format!("`{text}` is not {what}"));
    match tag {
        Tag::None | Tag::Str => value(Value::string(text)),
        Tag::Binary => match BASE64_STANDARD.decode(text) {
            Ok(_) => value(Value::string(text)),
            Err(_) => wrong("base64"),
        },
        Tag::Bool => match word(text).filter(|v| v.as_bool().is_some()) {
            Some(found) => value(found),
            None => wrong("a bool"),
        },
        Tag::Int | Tag::Float => match number(&text.replace('_', "")) {
            Some(found) => value(Value::number(found)),
            None => wrong("a number"),
        },
        Tag::Timestamp => match timestamp(text) {
            Some(time) => value(Value::string(time)),
            None => wrong("a timestamp"),
        },
        Tag::Null => value(Value::null(Type::Dynamic)),
    }
}

fn is_integer(text: &str) -> bool {
    let all =
        |digits: &str, is: fn(&char) -> bool| !digits.is_empty() && digits.chars().all(|c| is(&c));
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    all(unsigned, char::is_ascii_digit)
        || text.strip_prefix("0o").is_some_and(|digits| all(digits, |c| matches!(c, '0'..='7')))
        || text.strip_prefix("0x").is_some_and(|digits| all(digits, char::is_ascii_hexdigit))
}

/// Digits, a point, an exponent: what the number reader takes, as long as it starts so.
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
        && text.parse::<Number>().is_ok()
}

fn number(text: &str) -> Option<Number> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (digits, base) = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) => (digits, 8),
        (None, None) => return None,
    };
    u64::from_str_radix(digits, base).ok().map(Number::from)
}

/// A date, or a date and a time with `T` and an offset, or with a blank and none; parts may have one digit.
fn timestamp(text: &str) -> Option<String> {
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at)?, text.get(at..)?),
        None => (text, ""),
    };
    let mut parts = date.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?;
    let (month, day) = (two(parts.next()?)?, two(parts.next()?)?);
    if parts.next().is_some() {
        return None;
    }
    let date = format!("{year}-{month}-{day}");
    let time = match rest.chars().next() {
        None => "00:00:00Z".to_owned(),
        Some(separator) => {
            let rest = rest.get(1..)?;
            let zone_at = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')));
            let (clock, zone) = rest.split_at_checked(zone_at.unwrap_or(rest.len()))?;
            if (separator == ' ') != zone.is_empty() {
                return None;
            }
            let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
            let clock = clock.split(':').map(two).collect::<Option<Vec<_>>>()?;
            let [hour, minute, second] = clock.as_slice() else { return None };
            let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
            let zone = if zone.is_empty() { "Z" } else { zone };
            format!("{hour}:{minute}:{second}{fraction}{zone}")
        }
    };
    Moment::read(&format!("{date}T{time}")).ok().map(|moment| moment.to_string())
}

/// One or two digits as two.
fn two(text: &str) -> Option<String> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| format!("{text:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_recognised() {
        for (text, expected) in [
            ("2020-01-01", Some("2020-01-01T00:00:00Z")),
            ("2020-1-2T3:04:05Z", Some("2020-01-02T03:04:05Z")),
            ("2020-1-2 3:04:05.25", Some("2020-01-02T03:04:05Z")),
            ("2020-1-2t3:04:05+01:00", Some("2020-01-02T03:04:05+01:00")),
            ("2020-1-2T3:04:05", None),
            ("2020-13-01", None),
            ("20-1-1", None),
        ] {
            assert_eq!(timestamp(text).as_deref(), expected, "{text}");
        }
    }
}
