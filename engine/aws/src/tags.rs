//! Tags: what is sent, and what of the answer is the user's.

use crate::args::Args;
use crate::draft::Draft;
use plan::Token;
use serde_json::{Map, Value as Json};
use stack::{Str, Type, Value};
use std::collections::BTreeMap;

/// The tag that says which create made an object.
pub(crate) const OPERATION: &str = "banana:op";

pub(crate) type Tags = BTreeMap<String, String>;

/// What is asked for: the provider's default tags and the resource's own.
pub(crate) fn wanted(object: Args<'_>) -> Tags {
    let mut tags = object.map("tags_all");
    tags.extend(object.map("tags"));
    tags
}

/// What a create sends: what is asked for, and whose create it is.
pub(crate) fn marked(planned: Args<'_>, token: &Token) -> Tags {
    let mut tags = wanted(planned);
    tags.insert(OPERATION.to_owned(), token.0.clone());
    tags
}

/// The create with this token made the object that carries these tags.
pub(crate) fn made_by(tags: &Tags, token: &Token) -> bool {
    tags.get(OPERATION) == Some(&token.0)
}

/// What an update sets and what it removes.
pub(crate) fn change(prior: Args<'_>, planned: Args<'_>) -> (Tags, Vec<String>) {
    let (old, new) = (wanted(prior), wanted(planned));
    let set = new.iter().filter(|(k, v)| old.get(*k) != Some(v));
    let set = set.map(|(k, v)| (k.clone(), v.clone())).collect();
    (set, old.into_keys().filter(|k| !new.contains_key(k)).collect())
}

/// The object with the tag of the create that made it.
pub(crate) fn with_mark(object: &Value, mark: &str) -> Value {
    let mut tags = Args(object).map("tags_all");
    tags.insert(OPERATION.to_owned(), mark.to_owned());
    let tags = tags.into_iter().map(|(k, v)| (k, Value::string(v)));
    let tags = Value::map(Type::String, tags);
    let parts = object.entries().map(|(name, part)| (name.clone(), part.clone()));
    let mut parts: BTreeMap<Str, Value> = parts.collect();
    parts.insert("tags_all".into(), tags);
    Value::object(parts)
}

/// Writes the tags that the API has. AWS's own and ours are left out; a tag that only the provider's defaults ask for is in
/// `tags_all` alone, as Terraform has it.
pub(crate) fn write(draft: &mut Draft, known: Args<'_>, mut actual: Tags) {
    draft.set_mark(actual.remove(OPERATION));
    let user = actual.into_iter().filter(|(k, _)| !k.starts_with("aws:"));
    let all: Tags = user.collect();
    let (old_all, old_own) = (known.map("tags_all"), known.map("tags"));
    let by_default = |k: &String, v: &String| old_all.get(k) == Some(v) && !old_own.contains_key(k);
    let own: Map<String, Json> = all
        .iter()
        .filter(|(k, v)| !by_default(k, v))
        .map(|(k, v)| (k.clone(), Json::from(v.as_str())))
        .collect();
    let own_is_null = draft.get("tags").is_none_or(Value::is_null);
    if !(own.is_empty() && own_is_null) {
        draft.set("tags", own);
    }
    draft.set("tags_all", all.into_iter().map(|(k, v)| (k, Json::from(v))).collect::<Map<_, _>>());
}

/// Writes the tags of what a data source finds. AWS's own and ours are left out.
pub(crate) fn tell(draft: &mut Draft, actual: Tags) {
    let user = actual.into_iter().filter(|(k, _)| k != OPERATION && !k.starts_with("aws:"));
    draft.set("tags", user.map(|(k, v)| (k, Json::from(v))).collect::<Map<_, _>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, &str)]) -> Value {
        Value::map(Type::String, entries.iter().map(|(k, v)| (*k, Value::string(*v))))
    }

    fn tags(entries: &[(&str, &str)]) -> Tags {
        entries.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn object(own: Value, all: &[(&str, &str)]) -> Value {
        Value::object([("tags", own), ("tags_all", map(all))])
    }

    #[test]
    fn the_operation_tag_and_awss_own_are_no_drift() {
        let known = object(map(&[("a", "1")]), &[("a", "1"), ("owner", "x")]);
        let ty = plan::shape::of_type("aws_vpc").unwrap();
        let mut draft = Draft::new(&ty, &known);
        let actual = [("a", "1"), ("owner", "x"), (OPERATION, "t"), ("aws:x", "y")];
        write(&mut draft, Args(&known), tags(&actual));
        assert_eq!(draft.get("tags"), known.get("tags"));
        assert_eq!(draft.get("tags_all"), known.get("tags_all"));
    }

    #[test]
    fn drift_in_either_shows() {
        let known = object(Value::null(Type::map(Type::String)), &[("owner", "x")]);
        let ty = plan::shape::of_type("aws_vpc").unwrap();
        let mut draft = Draft::new(&ty, &known);
        write(&mut draft, Args(&known), tags(&[("owner", "y"), ("new", "1")]));
        assert_eq!(draft.get("tags"), Some(&map(&[("new", "1"), ("owner", "y")])));
        let mut draft = Draft::new(&ty, &known);
        write(&mut draft, Args(&known), tags(&[]));
        assert!(draft.get("tags").unwrap().is_null());
        assert_eq!(draft.get("tags_all"), Some(&map(&[])));
    }

    #[test]
    fn a_change_is_what_differs() {
        let prior = object(map(&[("a", "1"), ("b", "1")]), &[]);
        let planned = object(map(&[("a", "2"), ("c", "1")]), &[]);
        let (set, removed) = change(Args(&prior), Args(&planned));
        assert_eq!((set, removed), (tags(&[("a", "2"), ("c", "1")]), vec!["b".to_owned()]));
    }
}
