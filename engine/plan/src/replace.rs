//! Which attributes cannot be changed in place, and which ones a change in place makes unknown again.
//!
//! The provider's schema does not say this: its code does. `data/replace.txt` and `data/renew.txt` hold what plans of
//! hashicorp/aws 5.100.0 answered when one attribute after the other was changed.

use stack::Value;
use stack::value::Step;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static REPLACE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../data/replace.txt")));
static RENEW: LazyLock<Table> = LazyLock::new(|| read(include_str!("../data/renew.txt")));

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
