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
    let path = [Step::Attr("tags_all".into())].into();
    let unknown = Value::unknown(
        Type::map(Type::String),
        Origin::Resource { address: Arc::clone(address), path },
    );
    let tags = config.get("tags").cloned().unwrap_or_else(|| Value::null(Type::map(Type::String)));
    let mut map = map.as_ref().clone();
    let all = merge(&tags, settings).filter(|all| framework || !all.is_empty());
    let all = match all {
        Some(all) => {
            Value::map(Type::String, all).with_blame(tags.blame.clone()).with_marks(tags.marks)
        }
        None => unknown,
    };
    if !framework && tags.is_empty() {
        map.insert(
            "tags".into(),
            Value::null(Type::map(Type::String)).with_blame(tags.blame.clone()),
        );
    }
    map.insert("tags_all".into(), all);
    Value { kind: Kind::Object(Arc::new(map)), ..value }
}

/// The tags that the resource will have; `None` while some of them are unknown.
fn merge(tags: &Value, settings: &Value) -> Option<BTreeMap<Str, Value>> {
    let defaults = settings.get("default_tags").and_then(|block| block.index(0));
    let defaults = defaults.and_then(|block| block.get("tags"));
    let mut all = BTreeMap::new();
    for source in defaults.into_iter().chain([tags]) {
        if source.is_unknown() || source.children().any(|tag| tag.is_unknown() || tag.is_null()) {
            return None;
        }
        all.extend(source.entries().map(|(key, value)| (key.clone(), value.clone())));
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
