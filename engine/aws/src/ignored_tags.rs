//! `ignore_tags` of a provider block: tags that others set, which a stack neither sees nor removes.

use crate::args::Args;
use stack::{Str, Type, Value};

/// What `ignore_tags` names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IgnoredTags {
    /// `keys`
    pub keys: Vec<String>,
    /// `key_prefixes`
    pub prefixes: Vec<String>,
}

impl IgnoredTags {
    /// Reads the block.
    pub(crate) fn of(block: Args<'_>) -> Self {
        Self { keys: block.strings("keys"), prefixes: block.strings("key_prefixes") }
    }

    fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|k| k == key) || self.prefixes.iter().any(|p| key.starts_with(p))
    }

    /// An object without those tags.
    pub(crate) fn strip(&self, object: Value) -> Value {
        if self.keys.is_empty() && self.prefixes.is_empty() {
            return object;
        }
        let part = |(name, value): (&Str, &Value)| {
            let is_tags = matches!(name.as_str(), "tags" | "tags_all");
            if !is_tags || value.is_null() {
                return (name.clone(), value.clone());
            }
            let kept = value.entries().filter(|(key, _)| !self.has(key));
            let kept = kept.map(|(key, tag)| (key.clone(), tag.clone()));
            (name.clone(), Value::map(Type::String, kept))
        };
        Value::object(object.entries().map(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_others_are_not_seen() {
        let ignored = IgnoredTags { keys: vec!["Owner".into()], prefixes: vec!["aws:".into()] };
        let ty = plan::shape::of_type("aws_vpc").unwrap();
        let tags = |json: serde_json::Value| {
            let object = serde_json::json!({"id": "vpc-1", "tags": json, "tags_all": json});
            Value::from_json(&ty, &object).unwrap()
        };
        let all = tags(serde_json::json!({"Owner": "b", "aws:x": "1", "Name": "a"}));
        assert_eq!(ignored.strip(all), tags(serde_json::json!({"Name": "a"})));
        let none = tags(serde_json::Value::Null);
        assert_eq!(ignored.strip(none.clone()), none);
        let map = Type::Map(std::sync::Arc::new(Type::String));
        assert_eq!(none.get("tags").unwrap().ty(), map);
    }
}
