//! `tags_all`: the provider's `default_tags`, overlaid by the resource's own tags.

use crate::value::Step;
use crate::{Address, Kind, Origin, Str, Type, Value};
use schema::Body;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Plans `tags` and `tags_all` of a type that has both. `framework`: one of the provider's newer types, for which no tags at all are
/// known to be none; for the others AWS has the last word.
pub(super) fn plan(
    body: &Body,
    address: &Arc<Address>,
    value: Value,
    config: &Value,
    settings: &Value,
    framework: bool,
) -> Value {
    let both = body.attribute("tags").zip(body.attribute("tags_all"));
    let (Some(_), Kind::Object(map)) = (both, &value.kind) else { return value };
    let tags = config.get("tags").cloned().unwrap_or_else(|| Value::null(Type::map(Type::String)));
    let mut map = map.as_ref().clone();
    let all = merge(&tags, settings, framework).filter(|all| framework || !all.is_empty());
    let all = if let Some(all) = all {
        Value::map(Type::String, all).with_blame(tags.blame.clone()).with_marks(tags.marks)
    } else {
        // Who keeps a tag open, keeps all of them open.
        let mut origins = defaults(settings).map(Value::origins).unwrap_or_default();
        origins.extend(tags.origins());
        let path = || [Step::Attr("tags_all".into())].into();
        let own = || Origin::Resource { address: Arc::clone(address), path: path() };
        let origin = if origins.is_empty() { own() } else { Origin::derived(origins) };
        Value::unknown(Type::map(Type::String), origin)
    };
    let nulls = || tags.children().any(Value::is_null);
    if !framework && (tags.is_empty() || nulls()) {
        let written = tags.entries().filter(|(_, tag)| !tag.is_null());
        let written: Vec<_> = written.map(|(key, tag)| (key.clone(), tag.clone())).collect();
        let planned = if written.is_empty() {
            Value::null(Type::map(Type::String))
        } else {
            Value::map(Type::String, written)
        };
        map.insert("tags".into(), planned.with_blame(tags.blame.clone()).with_marks(tags.marks));
    }
    map.insert("tags_all".into(), all);
    Value { kind: Kind::Object(Arc::new(map)), ..value }
}

/// The provider's tags.
fn defaults(settings: &Value) -> Option<&Value> {
    settings.get("default_tags")?.index(0)?.get("tags")
}

/// The tags that the resource will have; `None` while some of them are unknown. A tag that is null is none for the older types and
/// an empty text for the newer ones; a tag that is an empty text keeps the older types from saying anything.
fn merge(tags: &Value, settings: &Value, framework: bool) -> Option<BTreeMap<Str, Value>> {
    let mut all = BTreeMap::new();
    for source in defaults(settings).into_iter().chain([tags]) {
        if source.is_unknown() || source.children().any(Value::is_unknown) {
            return None;
        }
        for (key, tag) in source.entries() {
            match (tag.is_null(), framework) {
                (false, _) => drop(all.insert(key.clone(), tag.clone())),
                (true, true) => drop(all.insert(key.clone(), Value::string(""))),
                (true, false) => {}
            }
        }
    }
    if !framework && all.values().any(|tag| tag.as_str() == Some("")) {
        return None;
    }
    let ignored = settings.get("ignore_tags").and_then(|block| block.index(0));
    if let Some(ignored) = ignored {
        let texts = |name: &str| -> Vec<&str> {
            let list = ignored.get(name);
            list.into_iter().flat_map(Value::elements).filter_map(Value::as_str).collect()
        };
        let (keys, prefixes) = (texts("keys"), texts("key_prefixes"));
        all.retain(|key, _| {
            !keys.contains(&key.as_str()) && !prefixes.iter().any(|p| key.starts_with(p))
        });
    }
    Some(all)
}
