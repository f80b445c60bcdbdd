//! The JSON schema of banana.toml, from the table that reads it: editors complete and check with it.

use super::shape::{KEYS, Key, Shape};
use serde_json::{Map, Value, json};

/// The schema, as schema.json beside this file holds it.
pub(crate) fn schema() -> String {
    let mut root = table(KEYS);
    root.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
    root.insert("title".into(), json!("banana.toml"));
    root.insert("description".into(), json!("The configuration of banana."));
    format!("{:#}\n", Value::Object(root))
}

fn table(keys: &[Key]) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in keys {
        let mut property = of(&key.shape);
        property.insert("description".into(), json!(key.about));
        properties.insert(key.name.into(), Value::Object(property));
    }
    let mut map = object(&json!({ "type": "object", "additionalProperties": false }));
    map.insert("properties".into(), Value::Object(properties));
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    if !required.is_empty() {
        map.insert("required".into(), json!(required));
    }
    map
}

fn of(shape: &Shape) -> Map<String, Value> {
    object(&match shape {
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Choice(names) => json!({ "type": "string", "enum": names }),
        Shape::List(of) => json!({ "type": "array", "items": self::of(of) }),
        Shape::Table(keys) => return table(keys),
        Shape::Rules(keys) => json!({ "type": "object", "additionalProperties": table(keys) }),
        Shape::TextOr(keys) => json!({ "anyOf": [{ "type": "string" }, table(keys)] }),
    })
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// `BANANA_BLESS=1` writes it.
    #[test]
    fn the_committed_schema_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("engine/cli/config/schema.json");
        if std::env::var_os("BANANA_BLESS").is_some() {
            std::fs::write(&path, schema()).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, schema(), "run with BANANA_BLESS=1 and commit");
    }
}
