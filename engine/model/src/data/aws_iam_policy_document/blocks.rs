//! The `statement` blocks of the data source.

use super::super::crc32::crc32;
use super::document::{Document, Statement, VERSION};
use stack::{Kind, Str, Value};
use std::collections::BTreeMap;

/// Block attribute, element of the statement, and whether `&{…}` means `${…}` in it.
const LISTS: [(&str, &str, bool); 4] = [
    ("actions", "Action", false),
    ("not_actions", "NotAction", false),
    ("resources", "Resource", true),
    ("not_resources", "NotResource", true),
];

pub(super) fn read(config: &Value) -> Document {
    let said =
        |name: &str| config.get(name).filter(|v| !v.is_null() && v.as_str() != Some("")).cloned();
    let version = said("version").and_then(|version| version.as_str().map(Str::from));
    let statements = match config.get("statement") {
        Some(blocks) if blocks.is_unknown() => vec![Statement::Hole(blocks.clone())],
        Some(blocks) => blocks.elements().map(statement).collect(),
        None => Vec::new(),
    };
    Document {
        version: version.unwrap_or_else(|| VERSION.into()),
        id: said("policy_id"),
        statements,
    }
}

fn statement(block: &Value) -> Statement {
    if block.is_unknown() {
        return Statement::Hole(block.clone());
    }
    let mut elements = BTreeMap::new();
    let mut put = |name: &str, value: Value| elements.insert(Str::from(name), value);
    let written = |name: &str| block.get(name).filter(|value| !value.is_null());
    if let Some(sid) = written("sid").filter(|sid| sid.as_str() != Some("")) {
        put("Sid", sid.clone());
    }
    put("Effect", written("effect").cloned().unwrap_or_else(|| Value::string("Allow")));
    for (name, element, variables) in LISTS {
        if let Some(list) = written(name).filter(|list| !list.is_empty()) {
            put(element, texts(list, variables));
        }
    }
    for (name, element) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        if let Some(blocks) = written(name).filter(|blocks| !blocks.is_empty()) {
            put(element, principals(blocks));
        }
    }
    if let Some(blocks) = written("condition").filter(|blocks| !blocks.is_empty()) {
        put("Condition", conditions(blocks));
    }
    Statement::Known(elements)
}

/// A set of texts: one stands for itself, more are sorted downwards.
fn texts(list: &Value, variables: bool) -> Value {
    let read = |value: &Value| if variables { with_variables(value) } else { value.clone() };
    match list.as_slice() {
        None => list.clone(),
        Some([one]) => read(one),
        Some(all) => {
            let mut all: Vec<Value> = all.iter().map(read).collect();
            all.sort_by(|a, b| b.as_str().cmp(&a.as_str()));
            Value::tuple(all).with_blame(list.blame.clone())
        }
    }
}

/// `&{aws:username}` is how a policy variable is written where Terraform would read `${…}` itself.
fn with_variables(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if text.contains("&{") => {
            Value { kind: Kind::String(text.replace("&{", "${").into()), ..value.clone() }
        }
        _ => value.clone(),
    }
}

/// Principals by type: `{"AWS": …, "Service": …}`, or `*` for everybody.
fn principals(blocks: &Value) -> Value {
    if blocks.is_unknown() {
        return blocks.clone();
    }
    let blocks = in_set_order(blocks, |block| {
        let mut ids: Vec<_> = strings(block, "identifiers").collect();
        ids.sort_by_cached_key(|id| crc32(format!("{id};").as_bytes()).to_string());
        format!("identifiers:{{{}}};type:{};", joined(ids), string(block, "type"))
    });
    if let [only] = blocks.as_slice() {
        let ids: Vec<&str> = strings(only, "identifiers").collect();
        if string(only, "type") == "*" && ids == ["*"] {
            return Value::string("*").with_blame(only.place().clone());
        }
    }
    let mut all: BTreeMap<Str, Value> = BTreeMap::new();
    for block in blocks {
        let (Some(kind), Some(ids)) = (block.get("type"), block.get("identifiers")) else {
            continue;
        };
        let Some(kind) = kind.as_str() else { return kind.clone() };
        let more = texts(ids, true);
        let together = match all.remove(kind) {
            Some(before) => joined_values(&before, &more),
            None => more,
        };
        all.insert(kind.into(), together);
    }
    Value::object(all)
}

/// Conditions by test and key. Several blocks of one test and key come one after the other, as the provider's sets have them.
fn conditions(blocks: &Value) -> Value {
    if blocks.is_unknown() {
        return blocks.clone();
    }
    let blocks = in_set_order(blocks, |block| {
        let values = joined(strings(block, "values"));
        let (test, variable) = (string(block, "test"), string(block, "variable"));
        format!("test:{test};values:({values});variable:{variable};")
    });
    let mut all: BTreeMap<Str, BTreeMap<Str, Value>> = BTreeMap::new();
    for block in blocks {
        let [Some(test), Some(key), Some(values)] =
            ["test", "variable", "values"].map(|name| block.get(name))
        else {
            continue;
        };
        let (Some(test), Some(key)) = (test.as_str(), key.as_str()) else {
            return if test.is_unknown() { test.clone() } else { key.clone() };
        };
        let values = match values.as_slice() {
            Some(values) => Value::tuple(values.iter().map(with_variables)),
            None => values.clone(),
        };
        let keys = all.entry(test.into()).or_default();
        let together = match keys.remove(key) {
            Some(before) => joined_values(&before, &values),
            None => values,
        };
        keys.insert(key.into(), together);
    }
    let scalar = |(key, values): (Str, Value)| match values.as_slice() {
        Some([one]) => (key, one.clone()),
        _ => (key, values),
    };
    Value::object(
        all.into_iter().map(|(test, keys)| (test, Value::object(keys.into_iter().map(scalar)))),
    )
}

/// One list after the other; what is not known yet stands for what it may hold.
fn joined_values(a: &Value, b: &Value) -> Value {
    let parts =
        |value: &Value| value.as_slice().map_or_else(|| vec![value.clone()], <[Value]>::to_vec);
    Value::tuple(parts(a).into_iter().chain(parts(b)))
}

/// The blocks of a set in the order in which the provider walks them: by the decimal CRC-32 of what they say. Blocks that are
/// not wholly known have no such order, nor a text to be printed in.
fn in_set_order(blocks: &Value, says: impl Fn(&Value) -> String) -> Vec<Value> {
    let mut all: Vec<Value> = blocks.elements().cloned().collect();
    if blocks.is_wholly_known() {
        all.sort_by_cached_key(|block| crc32(says(block).as_bytes()).to_string());
    }
    all
}

fn string<'v>(block: &'v Value, name: &str) -> &'v str {
    block.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn strings<'v>(block: &'v Value, name: &str) -> impl Iterator<Item = &'v str> {
    block.get(name).into_iter().flat_map(Value::elements).filter_map(Value::as_str)
}

fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().flat_map(|text| [text, ";"]).collect()
}
