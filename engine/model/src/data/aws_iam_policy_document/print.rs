//! The text of a document, as Go's `encoding/json` writes it: two blanks a level, or none at all; `<`, `>` and `&` escaped.

use stack::{Kind, Str, Value};

/// The order of a statement's elements. Everything else is sorted by name.
const STATEMENT: [&str; 9] = [
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
];
const DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];

/// With line breaks, two blanks a level.
pub(super) fn indented(document: &Value) -> String {
    let mut out = String::new();
    write(document, Some(0), 0, &mut out);
    out
}

/// Without any blank.
pub(super) fn minified(document: &Value) -> String {
    let mut out = String::new();
    write(document, None, 0, &mut out);
    out
}

/// `depth` counts levels of the document, `indent` those that are shown. Documents are as deep as policies are: the source
/// reader and the schema bound them.
fn write(value: &Value, indent: Option<usize>, depth: usize, out: &mut String) {
    match &value.kind {
        Kind::Object(members) | Kind::Map(_, members) => {
            let mut members: Vec<(&Str, &Value)> = members.iter().collect();
            let order: &[&str] = match depth {
                0 => &DOCUMENT,
                2 => &STATEMENT,
                _ => &[],
            };
            members.sort_by_key(|(name, _)| order.iter().position(|have| have == &name.as_str()));
            let write_member = |(name, value): &(&Str, &Value), inner, out: &mut String| {
                quoted(name, out);
                out.push_str(if indent.is_some() { ": " } else { ":" });
                write(value, inner, depth + 1, out);
            };
            sequence(('{', '}'), &members, indent, out, write_member);
        }
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            sequence(('[', ']'), items, indent, out, |item, inner, out| {
                write(item, inner, depth + 1, out);
            });
        }
        Kind::String(text) => quoted(text, out),
        Kind::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Kind::Number(number) => out.push_str(&number.to_string()),
        Kind::Null(_) | Kind::Unknown(_) => out.push_str("null"),
    }
}

fn sequence<T>(
    (open, close): (char, char),
    items: &[T],
    indent: Option<usize>,
    out: &mut String,
    each: impl Fn(&T, Option<usize>, &mut String),
) {
    out.push(open);
    let inner = indent.map(|level| level + 1);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        line(inner, out);
        each(item, inner, out);
    }
    if !items.is_empty() {
        line(indent, out);
    }
    out.push(close);
}

fn line(indent: Option<usize>, out: &mut String) {
    if let Some(level) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    }
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                out.push_str("\\u");
                let code = u32::from(c);
                let digit = |shift: u32| char::from_digit((code >> shift) & 0xF, 16);
                out.extend([12, 8, 4, 0].into_iter().filter_map(digit));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
