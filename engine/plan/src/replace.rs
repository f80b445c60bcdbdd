//! Which attributes cannot be changed in place, which ones a change in place makes unknown again, and which ones stay as they are
//! when nothing is written.
//!
//! The provider's schema does not say this: its code does. `data/replace.txt`, `data/renew.txt` and `data/kept.txt` hold what plans of
//! hashicorp/aws 5.100.0 answered when one attribute after the other was changed, or left out.

use crate::equal::is_zero;
use serde_json::Value as Json;
use stack::Value;
use stack::value::Step;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static REPLACE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../data/replace.txt")));
static RENEW: LazyLock<Table> = LazyLock::new(|| read(include_str!("../data/renew.txt")));

static KEPT: LazyLock<Table> = LazyLock::new(|| read(include_str!("../data/kept.txt")));

type Table = BTreeMap<&'static str, BTreeSet<&'static str>>;

/// A type's name, then an indented line for each path; `#` starts a comment.
fn read(text: &'static str) -> Table {
    let mut table = Table::new();
    let mut ty = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            Some(path) => drop(table.entry(ty).or_default().insert(path)),
            None => ty = line,
        }
    }
    table
}

/// True when changing what stands at `path` from `prior` to `new` (both whole objects) takes a new object.
pub(crate) fn forces(ty: &str, path: &[Step], prior: &Value, new: &Value) -> bool {
    !spared(ty, path, prior, new) && listed(ty, path)
}

/// What depends on the values, measured in the same way: an instance tenancy can be relaxed, and a service with a capacity provider strategy
/// can take another one when it is told to deploy anew.
fn spared(ty: &str, path: &[Step], prior: &Value, new: &Value) -> bool {
    let Some(Step::Attr(first)) = path.first() else { return false };
    let is_written = |of: &Value| of.get(first).is_some_and(|part| !part.is_empty());
    match (ty, first.as_str()) {
        ("aws_vpc", "instance_tenancy") => {
            new.get(first).and_then(Value::as_str) == Some("default")
        }
        ("aws_ecs_service", "capacity_provider_strategy") => {
            let told = new.get("force_new_deployment").and_then(Value::as_bool) == Some(true);
            told && is_written(prior) && is_written(new)
        }
        _ => false,
    }
}

fn listed(ty: &str, path: &[Step]) -> bool {
    let Some(paths) = REPLACE.get(ty) else { return false };
    let mut name = String::new();
    path.iter().any(|step| {
        if let Step::Attr(step) = step {
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(step);
        }
        paths.contains(name.as_str())
    })
}

/// The computed attributes that are unknown again when one of `changed` (top-level names) changes in place.
pub(crate) fn renewed<'t>(
    ty: &str,
    changed: &'t BTreeSet<&str>,
) -> impl Iterator<Item = &'static str> + use<'t> {
    let lines = RENEW.get(ty).into_iter().flatten();
    lines.filter_map(move |line| {
        let (attribute, causes) = line.split_once(": ")?;
        let hit = causes.split(' ').any(|cause| cause == "*" || changed.contains(cause));
        hit.then_some(attribute)
    })
}

/// True when what an object has at the top-level `name` stays there although the configuration does not mention it. A line is a name,
/// or a name and the one value that stays: `propagate_tags = "NONE"`; of a block, what its one element holds.
pub(crate) fn keeps(ty: &str, name: &str, prior: &Value) -> bool {
    let says = |line: &'static str| match line.strip_prefix(name)?.strip_prefix(" = ") {
        None => (line.len() == name.len()).then_some(true),
        Some(text) => Some(holds(prior, &serde_json::from_str(text).ok()?)),
    };
    KEPT.get(ty).is_some_and(|lines| lines.iter().any(|line| says(line) == Some(true)))
}

/// The value, or the one block, is this; what is null here is nothing there, as the provider's SDK sees it, and `"*"` is anything.
fn holds(value: &Value, json: &Json) -> bool {
    let Json::Object(parts) = json else { return value.to_json() == *json };
    let mut blocks = value.elements();
    let (Some(block), None) = (blocks.next(), blocks.next()) else { return false };
    block.entries().all(|(name, part)| match parts.get(name.as_str()) {
        Some(json) if json == "*" => true,
        Some(json) if !json.is_null() => part.to_json() == *json,
        _ => is_zero(part),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn block(ty: &str, name: &str, json: &Json) -> Value {
        let whole = crate::shape::of_type(ty).unwrap();
        Value::from_json(whole.attribute(name).unwrap(), json).unwrap()
    }

    #[test]
    fn what_the_provider_fills_in_stays_and_what_a_user_chose_does_not() {
        let ty = "aws_ecs_service";
        let kept = |name: &str, json: Json| keeps(ty, name, &block(ty, name, &json));
        assert!(kept("propagate_tags", json!("NONE")));
        assert!(!kept("propagate_tags", json!("SERVICE")));
        assert!(kept("deployment_controller", json!([{"type": "ECS"}])));
        assert!(!kept("deployment_controller", json!([{"type": "EXTERNAL"}])));
        let breaker = |on: bool| json!([{"enable": on, "rollback": false}]);
        assert!(kept("deployment_circuit_breaker", breaker(false)));
        assert!(!kept("deployment_circuit_breaker", breaker(true)));
        assert!(!kept("name", json!("web")));
    }
}
