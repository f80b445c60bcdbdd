//! A JSON text with unknown parts, read around them: what a heredoc says of a policy is known but for the ARNs in it.

use super::blame::origin_of;
use super::template::{safe_prefix, safe_suffix};
use crate::value::{Blame, Refinement, Type, Value};
use serde_json::Value as Json;

/// Stands before and behind the number of an unknown part; a character for private use, which no document has.
const MARK: char = '\u{F8FF}';

/// What stands for an unknown part in the text.
pub(super) fn hole(part: usize) -> String {
    format!("{MARK}{part}{MARK}")
}

/// The document that a text with holes is; `None` when it is no JSON.
pub(super) fn document(text: &str, parts: &[Value], blame: &Blame) -> Option<Value> {
    if !text.trim_start().starts_with(['{', '[']) || text.matches(MARK).count() != 2 * parts.len() {
        return None;
    }
    let json = serde_json::from_str(&quoted(text)).ok()?;
    Some(fill(&json, parts, blame))
}

/// The same with quotes around holes that stand outside of strings: `"port": ${var.port}`.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut in_string, mut escaped, mut in_hole) = (false, false, false);
    for c in text.chars() {
        match c {
            MARK => {
                if !in_string && !in_hole {
                    out.push('"');
                }
                out.push(MARK);
                if !in_string && in_hole {
                    out.push('"');
                }
                in_hole = !in_hole;
                continue;
            }
            '"' if !escaped => in_string = !in_string,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// JSON as a value, with unknowns in its holes. A parsed document nests no deeper than its parser lets it.
fn fill(json: &Json, parts: &[Value], blame: &Blame) -> Value {
    let value = match json {
        Json::String(text) if text.contains(MARK) => return open(text, parts, blame),
        Json::Array(items) => Value::tuple(items.iter().map(|item| fill(item, parts, blame))),
        Json::Object(entries) => Value::object(
            entries.iter().map(|(name, item)| (name.as_str(), fill(item, parts, blame))),
        ),
        other => {
            Value::from_json(&Type::Dynamic, other).unwrap_or_else(|_| Value::null(Type::Dynamic))
        }
    };
    value.with_blame(blame.clone())
}

/// A text with holes: the unknown itself when there is nothing else.
fn open(text: &str, parts: &[Value], blame: &Blame) -> Value {
    let pieces: Vec<&str> = text.split(MARK).collect();
    let part = |piece: &&str| piece.parse::<usize>().ok().and_then(|at| parts.get(at));
    if let ["", only, ""] = pieces.as_slice()
        && let Some(part) = part(only)
    {
        return part.clone();
    }
    let holes: Vec<Value> = pieces.iter().skip(1).step_by(2).filter_map(part).cloned().collect();
    let refinement = Refinement {
        prefix: safe_prefix(pieces.first().copied().unwrap_or_default()),
        suffix: safe_suffix(pieces.last().copied().unwrap_or_default()),
        ..Refinement::not_null()
    };
    Value::refined(Type::String, origin_of(&holes), refinement).with_blame(blame.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Origin;

    fn unknown() -> Value {
        Value::unknown(Type::String, Origin::Variable("x".into()))
    }

    #[test]
    fn holes_stand_in_strings_and_outside() {
        let text = format!(r#"{{"a": "x-{}", "b": {}, "c": ["\"", 1]}}"#, hole(0), hole(1));
        let document = document(&text, &[unknown(), unknown()], &Blame::default()).unwrap();
        let prefix = &document.get("a").unwrap().as_unknown().unwrap().refinement.prefix;
        assert_eq!(prefix, "x-");
        assert!(document.get("b").unwrap().is_unknown());
        assert_eq!(document.get("c").unwrap().index(0).unwrap().as_str(), Some("\""));
    }

    #[test]
    fn what_is_no_json_is_no_document() {
        for text in [
            format!("{{{}", hole(0)),
            format!("x {}", hole(0)),
            format!("[{},]", hole(0)),
            "[1]".into(),
        ] {
            assert!(document(&text, &[unknown()], &Blame::default()).is_none(), "{text}");
        }
    }
}
