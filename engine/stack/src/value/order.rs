//! The order and identity of set elements, as Terraform has them.

use super::{Kind, Marks, Number, Value, equal};
use std::cmp::Ordering;
use std::fmt::Write;

/// What a set element is sorted by: known before unknown before null; strings by bytes, numbers by value, false before true,
/// and everything else by a canonical text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Bool(bool),
    Number(Number),
    String(super::Str),
    Text(Box<str>),
    Unknown,
    Null,
}

impl SortKey {
    fn of(value: &Value) -> Self {
        match &value.kind {
            Kind::Bool(b) => Self::Bool(*b),
            Kind::Number(n) => Self::Number(n.clone()),
            Kind::String(s) => Self::String(s.clone()),
            Kind::Null(_) => Self::Null,
            Kind::Unknown(_) => Self::Unknown,
            _ => {
                let mut text = String::new();
                write_key(value, &mut text);
                Self::Text(text.into())
            }
        }
    }
}

/// Sorts, drops repeats, and lifts the marks of the elements off them. Unknown elements are never repeats of each other.
pub(super) fn into_set(elements: Vec<Value>) -> (Vec<Value>, Marks) {
    let mut marks = Marks::NONE;
    let mut keyed: Vec<(SortKey, Value)> = Vec::with_capacity(elements.len());
    for element in elements {
        let (element, own) = element.unmark_deep();
        marks = marks.with(own);
        keyed.push((SortKey::of(&element), element));
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    let mut kept: Vec<(SortKey, Value)> = Vec::with_capacity(keyed.len());
    for (key, value) in keyed {
        let alike = kept.iter().rev().take_while(|(k, _)| k.cmp(&key) == Ordering::Equal);
        let mut alike = alike.map(|(_, other)| equal::equal(other, &value));
        if !alike.any(|same| same == Some(true)) {
            kept.push((key, value));
        }
    }
    (kept.into_iter().map(|(_, value)| value).collect(), marks)
}

/// The values without repeats, in their own order: what is equal has equal sort keys, so only those are compared.
pub(crate) fn distinct_values(values: Vec<Value>) -> Vec<Value> {
    let mut keyed: Vec<(SortKey, usize)> =
        values.iter().enumerate().map(|(at, value)| (SortKey::of(value), at)).collect();
    keyed.sort();
    let mut kept = vec![false; values.len()];
    for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
        let mut seen: Vec<&Value> = Vec::new();
        for value_at in alike.iter().map(|(_, at)| *at) {
            let Some(value) = values.get(value_at) else { continue };
            if !seen.iter().any(|other| equal::equal(other, value) == Some(true)) {
                seen.push(value);
                if let Some(keep) = kept.get_mut(value_at) {
                    *keep = true;
                }
            }
        }
    }
    values.into_iter().zip(kept).filter_map(|(value, keep)| keep.then_some(value)).collect()
}

/// A text that tells values of one type apart. The notation follows go-cty, since `for` and `tolist` show the order it gives.
fn write_key(value: &Value, out: &mut String) {
    match &value.kind {
        Kind::Unknown(_) => out.push('?'),
        Kind::Null(_) => out.push('~'),
        Kind::Bool(b) => out.push(if *b { 'T' } else { 'F' }),
        Kind::Number(n) => out.push_str(&general(n)),
        Kind::String(text) => write_quoted(text, out),
        Kind::List(_, elements) | Kind::Set(_, elements) => {
            write_elements(['[', ']'], elements.iter(), out);
        }
        Kind::Tuple(elements) => write_elements(['<', '>'], elements.iter(), out),
        Kind::Object(attributes) => write_elements(['<', '>'], attributes.values(), out),
        Kind::Map(_, entries) => {
            out.push('{');
            for (key, value) in entries.iter() {
                write_quoted(key, out);
                out.push(':');
                write_key(value, out);
                out.push(';');
            }
            out.push('}');
        }
    }
}

fn write_elements<'a>(
    brackets: [char; 2],
    elements: impl Iterator<Item = &'a Value>,
    out: &mut String,
) {
    let [open, close] = brackets;
    out.push(open);
    for element in elements {
        write_key(element, out);
        out.push(';');
    }
    out.push(close);
}

/// Ten significant digits, with an exponent below 1e-4 and from 1e10 on: Go's `%.10g`.
fn general(n: &Number) -> String {
    let Some(decimal) = n.exact() else { return n.to_string() };
    let decimal = decimal.round_to(10);
    let sign = if n.is_negative() { "-" } else { "" };
    let exponent = decimal.point() - 1;
    if decimal.digits().is_empty() || (-4..10).contains(&exponent) {
        return format!("{sign}{}", decimal.plain());
    }
    format!("{sign}{}", decimal.scientific(decimal.digits().len().saturating_sub(1)))
}

fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
