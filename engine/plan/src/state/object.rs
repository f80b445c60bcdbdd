//! From stored attributes to values, and back.

use super::{Object, dynamic, secret};
use crate::shape;
use serde_json::{Map, Value as Json, json};
use stack::value::{JsonError, Step};
use stack::{Kind, Marks, Mode, Type, Value};
use std::sync::Arc;

impl Object {
    /// An object of these attributes, wholly known or not: what is unknown is stored as null.
    pub fn new(schema_version: u64, value: &Value) -> Self {
        let mut object = Self { schema_version, ..Self::default() };
        object.set(value);
        object
    }

    /// Takes these attributes instead. Write-only attributes are the provider's to leave out.
    pub fn set(&mut self, value: &Value) {
        self.attributes = match value.to_json() {
            Json::Object(attributes) => attributes,
            _ => Map::new(),
        };
        self.sensitive = sensitive_paths(value);
    }

    /// The attributes as a value of the type's schema; of the type that the JSON implies when there is no schema.
    pub fn value(&self, mode: Mode, ty: &str) -> Result<Value, JsonError> {
        let schema = match mode {
            Mode::Managed => schema::resource(ty),
            Mode::Data => schema::data_source(ty),
        };
        let shape = schema.map_or(Type::Dynamic, |s| shape::of_body(s.body));
        let (shape, json) = dynamic::unwrapped(shape, self.attributes.clone());
        let value = Value::from_json(&shape, &json)?;
        let value = schema.map_or(value.clone(), |s| secret::marked(s.body, value));
        let steps = self.sensitive.iter().filter_map(read_path);
        Ok(steps.fold(value, |value, path| mark(value, &path)))
    }

    /// The `id`, when there is one.
    pub fn id(&self) -> Option<&str> {
        self.attributes.get("id")?.as_str()
    }
}

/// Every sensitive part, as Terraform writes paths: `[{"type":"get_attr","value":"password"}]`.
fn sensitive_paths(value: &Value) -> Vec<Json> {
    let mut found = Vec::new();
    collect(value, &mut Vec::new(), &mut found);
    found
}

fn collect(value: &Value, path: &mut Vec<Json>, found: &mut Vec<Json>) {
    if value.is_sensitive() {
        found.push(Json::Array(path.clone()));
        return;
    }
    let object = matches!(value.kind, Kind::Object(_));
    for (name, part) in value.entries() {
        path.push(if object {
            json!({"type": "get_attr", "value": name.as_str()})
        } else {
            json!({"type": "index", "value": {"value": name.as_str(), "type": "string"}})
        });
        collect(part, path, found);
        path.pop();
    }
    if matches!(value.kind, Kind::Set(..)) {
        return;
    }
    for (index, part) in value.elements().enumerate() {
        path.push(json!({"type": "index", "value": {"value": index, "type": "number"}}));
        collect(part, path, found);
        path.pop();
    }
}

/// A stored path; `None` for a step that is not understood.
fn read_path(path: &Json) -> Option<Vec<Step>> {
    let steps = path.as_array()?.iter().map(|step| {
        let value = step.get("value")?;
        // An index is stored with its type, as `{"value": 0, "type": "number"}`.
        let value = value.get("value").unwrap_or(value);
        match value {
            Json::String(name) => Some(Step::Attr(name.as_str().into())),
            Json::Number(n) => n.as_u64().map(Step::Index),
            _ => None,
        }
    });
    steps.collect()
}

/// The value with the part at `path` marked sensitive.
fn mark(mut value: Value, path: &[Step]) -> Value {
    let Some((step, rest)) = path.split_first() else {
        return value.with_marks(Marks::SENSITIVE);
    };
    match (&mut value.kind, step) {
        (Kind::Object(parts) | Kind::Map(_, parts), Step::Attr(name)) => {
            if let Some(part) = Arc::make_mut(parts).get_mut(name) {
                *part = mark(part.clone(), rest);
            }
        }
        (Kind::List(_, parts) | Kind::Tuple(parts), Step::Index(index)) => {
            let mut all = parts.to_vec();
            if let Some(part) = usize::try_from(*index).ok().and_then(|i| all.get_mut(i)) {
                *part = mark(part.clone(), rest);
            }
            *parts = all.into();
        }
        _ => value.marks = value.marks.with(Marks::SENSITIVE),
    }
    value
}
