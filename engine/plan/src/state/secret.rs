//! What the schema calls a secret is one, whatever a state says: older states name only the secrets that a configuration told of.

use schema::Body;
use stack::{Kind, Marks, Value};
use std::sync::Arc;

/// The value with everything marked that its schema calls sensitive; as deep as the schema.
pub(super) fn marked(body: &Body, mut value: Value) -> Value {
    let Kind::Object(parts) = &mut value.kind else { return value };
    let parts = Arc::make_mut(parts);
    for attribute in body.attributes.iter().filter(|a| a.sensitive) {
        if let Some(part) = parts.get_mut(attribute.name).filter(|part| !part.is_null()) {
            *part = part.clone().with_marks(Marks::SENSITIVE);
        }
    }
    for block in body.blocks.iter().filter(|b| holds_secrets(b.body())) {
        if let Some(part) = parts.get_mut(block.name) {
            let each = |inner: Value| marked(block.body(), inner);
            let (marks, blame) = (part.marks, part.blame.clone());
            *part = match &part.kind {
                Kind::List(of, all) => Value::list(of.clone(), all.iter().cloned().map(each)),
                Kind::Map(of, all) => {
                    let all = all.iter().map(|(key, inner)| (key.clone(), each(inner.clone())));
                    Value::map(of.clone(), all)
                }
                // An element of a set has no place of its own: the whole set is the secret.
                Kind::Set(..) => part.clone().with_marks(Marks::SENSITIVE),
                _ => each(part.clone()),
            };
            *part = Value { blame, ..part.clone() }.with_marks(marks);
        }
    }
    value
}

fn holds_secrets(body: &Body) -> bool {
    body.attributes.iter().any(|a| a.sensitive)
        || body.blocks.iter().any(|b| holds_secrets(b.body()))
}
