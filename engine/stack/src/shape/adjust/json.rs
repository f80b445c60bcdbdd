//! Documents that the provider rewrites: blanks out, keys sorted.

use super::{edit, replace};
use crate::Value;
use schema::{Rule, Schema};
use serde_json::Value as Json;

/// Rewrites the documents of a type.
pub(super) fn normalise(schema: &Schema, value: Value) -> Value {
    let documents = schema.planned().iter().filter_map(|entry| match entry.rule {
        Rule::Document { version_first } => Some((entry.path, version_first)),
        _ => None,
    });
    documents.fold(value, |value, (path, version_first)| {
        let path: Vec<&str> = path.split('.').collect();
        edit(value, &path, &|value| rewrite(value, version_first))
    })
}

fn rewrite(value: Value, version_first: bool) -> Value {
    let Some(text) = value.as_str() else { return value };
    let Ok(json) = serde_json::from_str::<Json>(text) else { return value };
    let json = sorted(json);
    let mut new = print(&json);
    if version_first && let Json::Object(map) = &json {
        new = version_to_front(map).unwrap_or(new);
    }
    if new == text { value } else { replace(&value, Value::string(new)) }
}

/// The older policy types keep `Version` before all else, when it is the current one.
fn version_to_front(map: &serde_json::Map<String, Json>) -> Option<String> {
    let version = map.get("Version").filter(|v| v.as_str() == Some("2012-10-17"))?;
    let rest = map.iter().filter(|(key, _)| *key != "Version");
    let pair =
        |(key, value)| format!(",{}:{}", print(&Json::String(String::clone(key))), print(value));
    let rest: String = rest.map(pair).collect();
    Some(format!("{{\"Version\":{version}{rest}}}"))
}

/// Objects with their keys in order. As deep as the text, which the JSON reader bounds.
pub(super) fn sorted(json: Json) -> Json {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<(String, Json)> = map.into_iter().collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            entries.into_iter().map(|(key, value)| (key, sorted(value))).collect()
        }
        Json::Array(list) => list.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// As Go prints JSON: these characters, which only strings can hold, are escaped.
pub(super) fn print(json: &Json) -> String {
    let mut text = json.to_string();
    for (character, escape) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        if text.contains(character) {
            text = text.replace(character, escape);
        }
    }
    text
}
