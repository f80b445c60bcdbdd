//! Hashes over what a plan is made of.

use super::Parts;
use crate::Plan;
use blake3::Hasher;
use serde_json::{Value as Json, json};
use stack::Value;

/// The seal over all parts.
pub(super) fn of(parts: &Parts) -> String {
    keyed("banana 1 saved plan", &serde_json::to_value(parts).unwrap_or_default())
}

/// The hash of a file's text.
pub(super) fn text(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// The hash of a secret; the name is part of it, so that two variables of one value do not look alike.
pub(super) fn secret(name: &str, value: &Value) -> String {
    keyed("banana 1 secret variable", &json!([name, value.to_json()]))
}

/// The hash of all changes, with every value known so far.
pub(super) fn changes(plan: &Plan) -> String {
    let value = |value: Option<&Value>| value.map(|v| json!([v.to_json(), v.unknown_mask()]));
    let changes: Vec<Json> = (plan.changes.iter())
        .map(|c| {
            json!([
                c.address.to_string(),
                c.deposed.as_ref().map(ToString::to_string),
                c.previous.as_ref().map(ToString::to_string),
                c.action.names(),
                value(c.before.as_ref()),
                value(c.after.as_ref()),
            ])
        })
        .collect();
    let outputs: Vec<Json> = (plan.outputs.iter())
        .map(|o| json!([o.name.as_str(), value(o.before.as_ref()), value(o.after.as_ref())]))
        .collect();
    let drift: Vec<Json> = (plan.drift.iter())
        .map(|d| json!([d.address.to_string(), value(Some(&d.before)), value(d.after.as_ref())]))
        .collect();
    keyed("banana 1 planned changes", &json!([changes, outputs, drift]))
}

/// A hash for one purpose only.
fn keyed(purpose: &str, json: &Json) -> String {
    let mut hasher = Hasher::new_derive_key(purpose);
    hasher.update(json.to_string().as_bytes());
    hasher.finalize().to_hex().to_string()
}
