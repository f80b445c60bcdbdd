//! Documents that are merged in: read from the value that `jsonencode` (or another data source) wrote, or from text.

use super::document::{Document, Statement};
use stack::{Kind, Str, Type, Value};
use std::collections::BTreeMap;

/// The elements of a statement, in any case, as the provider's reader takes them.
const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
];

/// Reads a document; says what is wrong with it.
pub(super) fn read(source: &Value) -> Result<Document, String> {
    let parsed;
    let root = match (&source.blame.document, source.as_str()) {
        (Some(document), _) => &**document,
        (None, Some(text)) => {
            let json: serde_json::Value =
                serde_json::from_str(text).map_err(|e| format!("not JSON: {e}"))?;
            parsed = Value::from_json(&Type::Dynamic, &json).map_err(|e| e.to_string())?;
            &parsed
        }
        (None, None) => {
            let hole = Statement::Hole(source.clone());
            return Ok(Document { statements: vec![hole], ..Document::default() });
        }
    };
    if root.is_null() {
        return Ok(Document::default());
    }
    if root.is_unknown() {
        let hole = Statement::Hole(root.clone());
        return Ok(Document { statements: vec![hole], ..Document::default() });
    }
    if root.as_slice().is_some() || root.len().is_none() {
        return Err("a policy document is an object".into());
    }
    let statements = match member(root, "Statement") {
        None => Vec::new(),
        Some(value) if value.is_unknown() => vec![Statement::Hole(value.clone())],
        Some(value) => {
            let all = value.as_slice().ok_or("`Statement` must be a list here, even of one")?;
            all.iter().map(statement).collect::<Result<_, _>>()?
        }
    };
    let id = member(root, "Id").filter(|id| id.as_str() != Some(""));
    let version = member(root, "Version");
    if let Some(wrong) =
        [id, version].into_iter().flatten().find(|v| v.as_str().is_none() && !v.is_unknown())
    {
        return Err(format!("`Version` and `Id` are strings, not a {}", wrong.ty().friendly()));
    }
    Ok(Document {
        version: version.and_then(Value::as_str).unwrap_or_default().into(),
        id: id.cloned(),
        statements,
    })
}

fn member<'v>(object: &'v Value, name: &str) -> Option<&'v Value> {
    let same = |(key, _): &(&Str, &Value)| key.eq_ignore_ascii_case(name);
    object
        .entries()
        .filter(same)
        .map(|(_, value)| value)
        .next_back()
        .filter(|value| !value.is_null())
}

fn statement(value: &Value) -> Result<Statement, String> {
    if value.is_unknown() {
        return Ok(Statement::Hole(value.clone()));
    }
    if value.len().is_none() || value.as_slice().is_some() {
        return Err("a statement is an object".into());
    }
    let mut elements = BTreeMap::new();
    for name in ELEMENTS {
        let Some(written) = member(value, name) else { continue };
        let read = match name {
            "Sid" | "Effect" if written.is_unknown() => Some(written.clone()),
            "Sid" | "Effect" => {
                let text = written.as_str().ok_or_else(|| format!("`{name}` is a string"))?;
                (!text.is_empty()).then(|| written.clone())
            }
            "Principal" | "NotPrincipal" => principals(written, name)?,
            "Condition" => conditions(written)?,
            _ => Some(written.clone()),
        };
        elements.extend(read.map(|read| (Str::from(name), read)));
    }
    Ok(Statement::Known(elements))
}

/// Principals are read back: a bare text means everybody, lists are sorted downwards.
fn principals(value: &Value, name: &str) -> Result<Option<Value>, String> {
    if value.is_unknown() {
        return Ok(Some(value.clone()));
    }
    if value.as_str().is_some() {
        return Ok(Some(Value { kind: Kind::String("*".into()), ..value.clone() }));
    }
    let wrong = || format!("`{name}` is `\"*\"` or an object of texts and lists of texts");
    if value.as_slice().is_some() || value.len().is_none() {
        return Err(wrong());
    }
    let mut all = BTreeMap::new();
    for (kind, ids) in value.entries() {
        let ids = match ids.as_slice() {
            None if ids.as_str().is_some() || ids.is_unknown() => ids.clone(),
            None => return Err(wrong()),
            Some(list) => {
                if list.iter().any(|id| id.as_str().is_none() && !id.is_unknown()) {
                    return Err(wrong());
                }
                let mut list = list.to_vec();
                list.sort_by(|a, b| b.as_str().cmp(&a.as_str()));
                Value::tuple(list).with_blame(ids.blame.clone())
            }
        };
        all.insert(kind.clone(), ids);
    }
    let everybody = |ids: &Value| match ids.as_slice() {
        Some([one]) => one.as_str() == Some("*"),
        _ => ids.as_str() == Some("*"),
    };
    Ok(match all.first_key_value() {
        None => None,
        Some((kind, ids)) if all.len() == 1 && kind == "*" && everybody(ids) => {
            Some(Value::string("*"))
        }
        Some(_) => Some(Value::object(all)),
    })
}

/// Conditions are read back: numbers are lost (the provider drops them), a list of one becomes its element.
fn conditions(value: &Value) -> Result<Option<Value>, String> {
    if value.is_unknown() {
        return Ok(Some(value.clone()));
    }
    let wrong = || "`Condition` is an object of tests, each an object of keys".to_owned();
    let mut all = BTreeMap::new();
    if value.as_slice().is_some() || value.len().is_none() {
        return Err(wrong());
    }
    for (test, keys) in value.entries() {
        if keys.is_unknown() {
            all.insert(test.clone(), keys.clone());
            continue;
        }
        if keys.as_slice().is_some() || (keys.len().is_none() && !keys.is_null()) {
            return Err(wrong());
        }
        let mut read = BTreeMap::new();
        for (key, values) in keys.entries() {
            let values = match &values.kind {
                Kind::String(_) | Kind::Unknown(_) => values.clone(),
                Kind::Bool(flag) => Value::string(if *flag { "true" } else { "false" }),
                Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
                    if values.elements().any(|v| v.as_str().is_none() && !v.is_unknown()) {
                        return Err(format!("the values of condition key `{key}` are strings"));
                    }
                    match values.as_slice() {
                        Some([one]) => one.clone(),
                        _ => values.clone(),
                    }
                }
                Kind::Null(_) | Kind::Number(_) | Kind::Map(..) | Kind::Object(_) => continue,
            };
            read.insert(key.clone(), values);
        }
        if !read.is_empty() {
            all.insert(test.clone(), Value::object(read));
        }
    }
    Ok((!all.is_empty()).then(|| Value::object(all)))
}
