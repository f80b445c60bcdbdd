//! What resolving says about objects that exist: which to leave alone, which to make anew.

use super::{Draft, scope};
use crate::equal::{part, same};
use crate::merge::{Ignore, read_path};
use crate::world::{Fate, Rules};
use crate::{Pattern, Reason};
use stack::{Address, Mode, Resource, ResourceId, Str};
use std::collections::BTreeMap;

/// The rules that follow from a draft.
pub(super) fn found(draft: &Draft<'_>) -> Rules {
    let exists = |address: &Address| draft.state.current(address).is_some();
    let mut rules = Rules::default();
    for resource in draft.stack.resources.iter().filter(|r| exists(&r.address)) {
        if let Some(ignore) = Ignore::read(&resource.lifecycle.ignore_changes) {
            rules.ignore.insert((*resource.address).clone(), ignore);
        }
        if let Some(reason) = replaced(draft, resource) {
            rules.replace.insert((*resource.address).clone(), reason);
        }
    }
    if draft.options.is_partial() || draft.options.refresh_only {
        let inside = scope::inside(&draft.stack, draft.options);
        let changes = |at| !draft.options.refresh_only && inside.contains(&ResourceId(at));
        rules.frozen = (draft.stack.resources.iter().zip(0..))
            .filter(|(r, at)| exists(&r.address) && !changes(*at))
            .map(|(r, _)| (*r.address).clone())
            .collect();
    }
    rules
}

fn replaced(draft: &Draft<'_>, resource: &Resource) -> Option<Reason> {
    let address = &*resource.address;
    if resource.address.mode != Mode::Managed {
        return None;
    }
    if draft.state.current(address).is_some_and(|o| o.tainted) {
        return Some(Reason::Tainted);
    }
    if draft.options.replace.iter().any(|pattern| pattern.covers(address)) {
        return Some(Reason::Requested);
    }
    let triggers = &resource.lifecycle.replace_triggered_by;
    triggers.iter().any(|to| fires(draft, resource, to)).then_some(Reason::Triggered)
}

/// True when what `replace_triggered_by` refers to is changed or made anew by this plan.
fn fires(draft: &Draft<'_>, of: &Resource, to: &Str) -> bool {
    let steps = split(to);
    // Names and keys of the resource come first, then perhaps an attribute.
    for len in (1..=steps.len()).rev() {
        let Some((head, tail)) = steps.split_at_checked(len) else { continue };
        let text = head.concat();
        let text = text.replace("[each.key]", &of.address.key.to_string());
        let text = text.replace("[count.index]", &of.address.key.to_string());
        let Ok(mut pattern) = text.parse::<Pattern>() else { continue };
        if pattern.resource.is_none() {
            continue;
        }
        pattern.module = of.address.module.clone();
        let path = read_path(tail.concat().trim_start_matches('.'));
        return draft.stack.resources.iter().filter(|r| pattern.covers(&r.address)).any(|r| {
            let changes = !matches!(draft.fates.get(&*r.address), None | Some(Fate::Same));
            changes && (path.is_empty() || attribute_changes(draft, r, &path))
        });
    }
    false
}

fn attribute_changes(draft: &Draft<'_>, resource: &Resource, path: &[stack::value::Step]) -> bool {
    let address = &resource.address;
    let before = draft.state.current(address).and_then(|o| o.value(address.mode, &address.ty).ok());
    match (before.as_ref().and_then(|b| part(b, path)), part(&resource.value, path)) {
        (Some(before), Some(after)) => !same(before, after),
        (before, after) => before.is_some() != after.is_some(),
    }
}

/// `a.b["c.d"].e` as `a`, `.b`, `["c.d"]`, `.e`.
fn split(text: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let (mut quoted, mut bracket) = (false, false);
    for c in text.chars() {
        quoted ^= c == '"';
        let starts = !quoted && !bracket && (c == '.' || c == '[');
        bracket = !quoted && (c == '[' || bracket && c != ']');
        if starts {
            steps.push(String::new());
        }
        if let Some(last) = steps.last_mut() {
            last.push(c);
        }
    }
    steps
}

/// Instances under `create_before_destroy`, their own or forced on them: what a new object needs must be new before it.
pub(super) fn create_first(draft: &Draft<'_>) -> BTreeMap<ResourceId, bool> {
    let all = draft.stack.resources.iter().zip((0..).map(ResourceId));
    let mut open: Vec<ResourceId> =
        all.filter(|(r, _)| r.lifecycle.create_before_destroy).map(|(_, id)| id).collect();
    let mut first = BTreeMap::new();
    while let Some(id) = open.pop() {
        if first.insert(id, true).is_none()
            && let Some(resource) = draft.stack.resource(id)
        {
            open.extend(resource.edges.iter().map(|edge| edge.to));
        }
    }
    first
}

#[cfg(test)]
mod tests {
    #[test]
    fn splits_references_at_dots_and_brackets() {
        assert_eq!(super::split(r#"a.b["c.d"].e[0]"#), ["a", ".b", r#"["c.d"]"#, ".e", "[0]"]);
    }
}
