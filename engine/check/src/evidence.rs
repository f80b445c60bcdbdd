//! What a finding stands on, as a text for its fingerprint.

use serde_json::Value as Json;
use stack::{Kind, Value};
use std::borrow::Cow;
use std::fmt::Write;

/// All of a value, for a fingerprint: no place, no secret, no order of unknowns.
pub(crate) fn evidence(value: &Value) -> String {
    let mut text = String::new();
    let mut todo = vec![Piece::Value(value)];
    while let Some(piece) = todo.pop() {
        let value = match piece {
            Piece::Value(value) => value,
            Piece::Text(written) => {
                text += written;
                continue;
            }
            Piece::Key(name) => {
                let _ = write!(text, "{name:?}=");
                continue;
            }
        };
        if value.is_sensitive() {
            text += "(sensitive)";
            continue;
        }
        match &value.kind {
            Kind::Null(_) => text += "null",
            Kind::Bool(flag) => text += if *flag { "true" } else { "false" },
            Kind::Number(number) => text += &number.to_string(),
            Kind::String(string) => {
                let _ = write!(text, "{:?}", without_blanks(string));
            }
            Kind::Unknown(_) => text += "unknown",
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
                todo.push(Piece::Text("]"));
                let elements = value.elements().rev();
                todo.extend(elements.flat_map(|one| [Piece::Text(","), Piece::Value(one)]));
                text.push('[');
            }
            Kind::Map(..) | Kind::Object(_) => {
                todo.push(Piece::Text("}"));
                let entries = value.entries().rev();
                todo.extend(entries.flat_map(|(name, one)| {
                    [Piece::Text(","), Piece::Value(one), Piece::Key(name)]
                }));
                text.push('{');
            }
        }
    }
    text
}

/// A JSON document, such as a policy in a heredoc, is the same however it is set; any other text is as it is.
fn without_blanks(text: &str) -> Cow<'_, str> {
    let json =
        text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str::<Json>(text));
    match json {
        Some(Ok(json)) => json.to_string().into(),
        _ => text.into(),
    }
}

/// What is still to be written of a value; a stack of them, since values nest as deep as people like.
enum Piece<'v> {
    Value(&'v Value),
    Key(&'v str),
    Text(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::{Marks, Origin, Type};

    fn ports(all: &[i64]) -> Value {
        Value::list(Type::Number, all.iter().map(|port| Value::number(*port)))
    }

    #[test]
    fn other_values_have_other_evidence() {
        let key = |name: &str| Value::object([(name, Value::bool(true))]);
        let values = [
            Value::null(Type::String),
            Value::bool(true),
            Value::string("true"),
            Value::string(""),
            Value::number(1_i64),
            Value::string("1"),
            ports(&[]),
            ports(&[22]),
            ports(&[22, 80]),
            ports(&[80, 22]),
            Value::tuple([ports(&[22]), ports(&[80])]),
            key("a"),
            key("b"),
            Value::unknown(Type::String, Origin::Error),
            Value::string("secret").with_marks(Marks::SENSITIVE),
            Value::string("{\"a\": 1}"),
            Value::string("{\"a\": 2}"),
        ];
        let all: std::collections::BTreeSet<String> = values.iter().map(evidence).collect();
        assert_eq!(all.len(), values.len(), "{all:?}");
    }

    #[test]
    fn secrets_and_settings_make_no_difference() {
        let secret = |text: &str| evidence(&Value::string(text).with_marks(Marks::SENSITIVE));
        assert_eq!(secret("a"), secret("b"));
        let policy = |text: &str| evidence(&Value::string(text));
        assert_eq!(policy("{\n  \"a\": [1, 2]\n}\n"), policy("{\"a\":[1,2]}"));
        assert_ne!(policy("{ a"), policy("{a"));
    }

    #[test]
    fn depth_is_no_matter() {
        let mut deep = Value::tuple([]);
        for _ in 0..5000 {
            deep = Value::tuple([deep]);
        }
        assert!(evidence(&deep).len() > 10_000);
        assert!(evidence(&Value::string("[".repeat(100_000))).len() > 100_000);
    }
}
