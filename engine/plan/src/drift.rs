//! What changed outside: an object as the state has it, and as it is.

use crate::equal::{Comparison, is_zero};
use crate::merge::carried;
use stack::{Address, Str, Value};
use std::sync::Arc;

/// A difference between the state and reality.
#[derive(Clone, Debug)]
pub struct Drift {
    /// The instance.
    pub address: Arc<Address>,
    /// The key of a deposed object.
    pub deposed: Option<Str>,
    /// The object as the state had it.
    pub before: Value,
    /// The object as it is; `None` when it is gone.
    pub after: Option<Value>,
    /// The attributes that differ, by name; empty when it is gone.
    pub changed: Vec<Str>,
}

impl Drift {
    /// What a read found, where it says something else than the state. Nothing and zero are one, documents are compared by meaning, and
    /// secrets stay secrets.
    pub fn between(
        address: &Address,
        deposed: Option<&Str>,
        before: Value,
        after: Option<Value>,
    ) -> Option<Self> {
        let after = after.map(|found| carried(&found, &before));
        let awsvpc = before.get("network_mode").and_then(Value::as_str) == Some("awsvpc");
        let meaning = Comparison { address, awsvpc };
        let differs = |(name, new): &(&Str, &Value)| match before.get(name) {
            Some(old) => !meaning.agree(name, new, old, true),
            None => !is_zero(new),
        };
        let entries = || after.iter().flat_map(Value::entries);
        let changed: Vec<Str> = entries().filter(differs).map(|(name, _)| name.clone()).collect();
        let (address, deposed) = (Arc::new(address.clone()), deposed.cloned());
        let found = after.is_none() || !changed.is_empty();
        found.then_some(Self { address, deposed, before, after, changed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pattern;
    use serde_json::json;
    use stack::Type;

    fn found(before: &serde_json::Value, after: Option<&serde_json::Value>) -> Option<Drift> {
        let address = "aws_sqs_queue.q".parse::<Pattern>().unwrap().instance().unwrap();
        let value = |json| Value::from_json(&Type::Dynamic, json).unwrap();
        Drift::between(&address, None, value(before), after.map(value))
    }

    #[test]
    fn another_value_is_drift_and_another_spelling_is_none() {
        let stored = json!({"id": "q", "policy": "{\"Statement\":[]}", "tags": null, "delay": 0});
        let same = json!({"id": "q", "policy": "{ \"Statement\": [] }", "tags": {}, "delay": null});
        assert!(found(&stored, Some(&same)).is_none());
        let other =
            json!({"id": "q", "policy": "{\"Statement\":[]}", "tags": {"a": "b"}, "delay": 5});
        let drift = found(&stored, Some(&other)).unwrap();
        assert_eq!(drift.changed, ["delay", "tags"]);
        assert!(found(&stored, None).unwrap().after.is_none());
    }
}
