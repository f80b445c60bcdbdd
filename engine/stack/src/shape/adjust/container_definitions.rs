//! `container_definitions`: read as the API's structure and printed again.

use super::{json, replace};
use crate::Value;
use crate::shape::container_definition::{CONTAINER, Member};
use serde_json::Value as Json;

/// Keys sorted, unknown members and nulls dropped, `environment` and `secrets` by name. Text that is no such list stays.
pub(super) fn normalise(value: Value) -> Value {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Json>(text).ok());
    let Some(Json::Array(definitions)) = parsed else { return value };
    let definitions: Json = definitions.into_iter().map(definition).collect();
    let text = json::print(&json::sorted(definitions));
    if value.as_str() == Some(text.as_str()) { value } else { replace(&value, Value::string(text)) }
}

fn definition(container: Json) -> Json {
    let mut container = fitted(container, CONTAINER);
    for list in ["environment", "secrets"] {
        if let Some(Json::Array(list)) = container.get_mut(list) {
            let name = |entry: &Json| entry.get("name").and_then(Json::as_str).map(str::to_owned);
            list.sort_by_key(name);
        }
    }
    container
}

/// What the structure has room for, spelt as it spells it.
fn fitted(json: Json, member: Member) -> Json {
    match (member, json) {
        (Member::Object(_), Json::Object(entries)) => {
            let known = entries.into_iter().filter(|(_, json)| !json.is_null());
            let known = known.filter_map(|(name, json)| Some((member.get(&name)?, json)));
            known.map(|((name, member), json)| (name.to_owned(), fitted(json, member))).collect()
        }
        (Member::List(of), Json::Array(items)) => {
            items.into_iter().map(|item| fitted(item, *of)).collect()
        }
        (_, json) => json,
    }
}
