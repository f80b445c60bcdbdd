//! `ignore_changes`: what is written counts as what is there.

use crate::equal::part;
use stack::value::Step;
use stack::{Kind, Str, Type, Value};
use std::collections::BTreeMap;

/// The `ignore_changes` of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ignore {
    /// `all`
    All,
    /// These attributes.
    Paths(Vec<Vec<Step>>),
}

impl Ignore {
    /// Reads paths as written: `tags["Name"]`, `network_configuration[0].subnets`. `None` when there is nothing to ignore.
    pub(crate) fn read(written: &[Str]) -> Option<Self> {
        if written.iter().any(|path| path == "all") {
            return Some(Self::All);
        }
        let paths: Vec<_> = written.iter().map(|path| read_path(path)).collect();
        (!paths.is_empty()).then_some(Self::Paths(paths))
    }
}

/// The steps of a path; brackets hold an index or a quoted key.
pub(crate) fn read_path(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !name.is_empty() {
            steps.push(name.parse().map_or_else(|_| Step::Attr(name.into()), Step::Index));
        }
        rest = match tail.strip_prefix('[') {
            None => tail.strip_prefix('.').unwrap_or(""),
            Some(inside) => {
                let quoted = inside.strip_prefix('"').and_then(|q| q.split_once("\"]"));
                let (key, tail) = quoted.or_else(|| inside.split_once(']')).unwrap_or((inside, ""));
                steps.push(match key.parse() {
                    Ok(index) if quoted.is_none() => Step::Index(index),
                    _ => Step::Attr(key.into()),
                });
                tail
            }
        };
    }
    steps
}

/// `config` and `fresh` with the ignored parts taken from `prior`.
pub(crate) fn ignored(
    paths: &[Vec<Step>],
    config: &Value,
    fresh: &Value,
    prior: &Value,
) -> (Value, Value) {
    let (mut config, mut planned) = (config.clone(), fresh.clone());
    for path in paths {
        let old = part(prior, path);
        config = put(config, path, old);
        planned = put(planned, path, old);
    }
    if paths.iter().any(|path| path.first() == Some(&Step::Attr("tags".into()))) {
        planned = with_all_tags(planned, fresh, prior);
    }
    (config, planned)
}

/// The value with `new` at `path`: an attribute that is not there is null, a map's key is gone. Where the path leads nowhere nothing changes.
fn put(mut value: Value, path: &[Step], new: Option<&Value>) -> Value {
    let Some((step, rest)) = path.split_first() else { return new.cloned().unwrap_or(value) };
    match (&mut value.kind, step) {
        (Kind::Object(parts), Step::Attr(name)) => {
            let mut all = (**parts).clone();
            if let Some(part) = all.get_mut(name) {
                let absent = Value::null(part.ty());
                let new = new.or(rest.is_empty().then_some(&absent));
                *part = put(part.clone(), rest, new);
            }
            value.kind = Value::object(all).kind;
        }
        (Kind::Map(of, parts), Step::Attr(name)) => {
            let mut all = (**parts).clone();
            match new {
                Some(new) if rest.is_empty() => drop(all.insert(name.clone(), new.clone())),
                None if rest.is_empty() => drop(all.remove(name)),
                _ => {
                    if let Some(part) = all.get_mut(name) {
                        *part = put(part.clone(), rest, new);
                    }
                }
            }
            value.kind = Value::map(of.clone(), all).kind;
        }
        // `tags["a"]` where no tags are written, but the object has the tag.
        (Kind::Null(Type::Map(of)), Step::Attr(name)) if rest.is_empty() => {
            if let Some(new) = new {
                value.kind = Value::map((**of).clone(), [(name.clone(), new.clone())]).kind;
            }
        }
        (Kind::List(of, parts), Step::Index(index)) => {
            let mut all = parts.to_vec();
            if let Some(part) = usize::try_from(*index).ok().and_then(|at| all.get_mut(at)) {
                *part = put(part.clone(), rest, new);
            }
            value.kind = Value::list(of.clone(), all).kind;
        }
        _ => {}
    }
    value
}

/// `tags_all` anew for `tags` that are partly ignored: the default tags are what `tags_all` holds beside `tags`.
fn with_all_tags(planned: Value, fresh: &Value, prior: &Value) -> Value {
    let null = Value::null(Type::Dynamic);
    let get = |value: &'_ Value, name| value.get(name).cloned().unwrap_or_else(|| null.clone());
    let source =
        match get(fresh, "tags").is_wholly_known() && get(fresh, "tags_all").len().is_some() {
            true => fresh,
            false if get(fresh, "tags").is_wholly_known() => &null,
            false => prior,
        };
    let own = get(source, "tags");
    let mut all: BTreeMap<Str, Value> = (get(source, "tags_all").entries())
        .filter(|(name, _)| own.get(name).is_none())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    all.extend(get(&planned, "tags").entries().map(|(n, v)| (n.clone(), v.clone())));
    if all.is_empty() || planned.get("tags_all").is_none() {
        return planned;
    }
    put(planned, &[Step::Attr("tags_all".into())], Some(&Value::map(Type::String, all)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_paths_as_they_are_written() {
        let attr = |name: &str| Step::Attr(name.into());
        assert_eq!(read_path("tags"), [attr("tags")]);
        assert_eq!(read_path(r#"tags["a.b"]"#), [attr("tags"), attr("a.b")]);
        assert_eq!(
            read_path("network_configuration[0].subnets"),
            [attr("network_configuration"), Step::Index(0), attr("subnets")]
        );
        assert_eq!(read_path("a.0.b"), [attr("a"), Step::Index(0), attr("b")]);
        assert_eq!(Ignore::read(&["all".into()]), Some(Ignore::All));
        assert_eq!(Ignore::read(&[]), None);
    }

    #[test]
    fn an_ignored_tag_stays_out_of_all_tags_too() {
        let map = |pairs: &[(&str, &str)]| {
            Value::map(Type::String, pairs.iter().map(|(k, v)| (*k, Value::string(*v))))
        };
        let object = |tags: &[(&str, &str)], all: &[(&str, &str)]| {
            Value::object([("tags", map(tags)), ("tags_all", map(all))])
        };
        let fresh =
            object(&[("Keep", "2"), ("Drop", "2")], &[("D", "d"), ("Drop", "2"), ("Keep", "2")]);
        let prior =
            object(&[("Keep", "1"), ("Drop", "1")], &[("D", "d"), ("Drop", "1"), ("Keep", "1")]);
        let (_, planned) = ignored(&[read_path(r#"tags["Drop"]"#)], &fresh, &fresh, &prior);
        let want =
            object(&[("Keep", "2"), ("Drop", "1")], &[("D", "d"), ("Drop", "1"), ("Keep", "2")]);
        assert_eq!(planned, want);
    }
}
