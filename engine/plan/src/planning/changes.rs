//! The changes of an ordinary plan.

use super::{Draft, Planned, needs, outputs, rules, scope};
use crate::order::bare;
use crate::world::Fate;
use crate::{Action, Change, Object, Plan, Reason};
use stack::{Address, Key, Mode, Resource, ResourceId, Value};
use std::collections::BTreeSet;
use std::sync::Arc;
use syntax::Report;

/// Puts the plan together.
pub(super) fn finish(draft: Draft<'_>) -> Result<Planned, Vec<Report>> {
    let inside = scope::inside(&draft.stack, draft.options);
    let create_first = rules::create_first(&draft);
    let dependencies = needs::dependencies(&draft);
    let mut changes = Vec::new();
    let ids = (0..).map(ResourceId);
    for ((resource, id), dependencies) in draft.stack.resources.iter().zip(ids).zip(dependencies) {
        if inside.contains(&id) {
            let first = create_first.contains_key(&id);
            changes.push(wanted(&draft, resource, first, dependencies));
        }
    }
    let mut reports = Vec::new();
    changes.extend(leftovers(&draft, &inside, &mut reports));
    changes.sort_by(|a, b| (&a.address, &a.deposed).cmp(&(&b.address, &b.deposed)));
    guard(&draft, &changes)?;
    reports.extend(scope::warning(draft.options));
    let order = needs::ordered(&draft, &changes)?;
    let outputs = outputs::changes(&draft, &inside);
    let Draft { stack, state, options, .. } = draft;
    reports.extend(stack.reports.iter().cloned());
    let plan = Plan {
        changes,
        outputs,
        order,
        prior: state,
        destroy: false,
        refresh_only: false,
        drift: options.drift.clone(),
        reports,
    };
    Ok(Planned { plan, stack })
}

/// The change of an instance that the configuration has.
fn wanted(
    draft: &Draft<'_>,
    resource: &Resource,
    create_first: bool,
    dependencies: Vec<String>,
) -> Change {
    let address = &resource.address;
    let object = draft.state.current(address);
    let before = object.and_then(|o| o.value(address.mode, &address.ty).ok());
    let known = resource.value.is_wholly_known();
    let (action, reason, replace_paths) = match (address.mode, &before, draft.fates.get(&**address))
    {
        (Mode::Data, _, _) if known => (Action::NoOp, None, Vec::new()),
        (Mode::Data, _, _) => {
            let reason = if resource.config.is_wholly_known() {
                Reason::DependencyPending
            } else {
                Reason::ConfigUnknown
            };
            (Action::Read, Some(reason), Vec::new())
        }
        (_, Some(_), Some(Fate::Same)) => (Action::NoOp, None, Vec::new()),
        (_, Some(_), Some(Fate::Changed)) => (Action::Update, None, Vec::new()),
        (_, Some(_), Some(Fate::Replaced(reason, paths))) => {
            // What nothing uses yet can go first, and its name is free again for the new one.
            let tainted = object.is_some_and(|object| object.tainted);
            let create_first = create_first && (!tainted || is_used(draft, address));
            // Of what was made by half no attribute is the reason.
            let paths = if tainted { Vec::new() } else { paths.clone() };
            (Action::Replace { create_first }, Some(*reason), paths)
        }
        _ => (Action::Create, None, Vec::new()),
    };
    Change {
        address: Arc::clone(address),
        deposed: None,
        previous: draft.moves.get(&**address).cloned(),
        action,
        reason,
        before,
        after: Some(resource.value.clone()),
        replace_paths,
        provider: provider(draft, resource),
        dependencies,
        create_before_destroy: create_first,
        schema_version: schema_version(address).unwrap_or(object.map_or(0, |o| o.schema_version)),
        header: Some(resource.header),
        imported: draft.imported.get(&**address).cloned(),
        ignore: draft.rules.ignore.get(&**address).cloned(),
    }
}

/// True when an object in the state needed this one when it was made.
fn is_used(draft: &Draft<'_>, address: &Address) -> bool {
    let name = bare(address);
    let others = draft.state.objects().filter(|(other, _, _)| *other != address);
    others.into_iter().any(|(_, _, object)| object.dependencies.contains(&name))
}

/// What the state holds and the configuration does not.
fn leftovers(
    draft: &Draft<'_>,
    inside: &BTreeSet<ResourceId>,
    reports: &mut Vec<Report>,
) -> Vec<Change> {
    let alone = scope::left_alone(draft, inside);
    let managed = draft.state.objects().filter(|(address, deposed, _)| {
        let wanted = draft.stack.find(address);
        address.mode == Mode::Managed
            && (deposed.is_some() || wanted.is_none())
            && wanted.is_none_or(|id| inside.contains(&id))
            && !alone.contains(*address)
    });
    let mut changes = Vec::new();
    let mut forgotten = Vec::new();
    for (address, deposed, object) in managed {
        let kept = deposed.is_none()
            && draft.stack.statements.removed.iter().any(|removed| {
                let mut from = crate::Pattern { module: removed.module.clone(), resource: None };
                from.module.0.extend_from_slice(&removed.from.module.0);
                from.resource =
                    removed.from.resource.clone().map(|(mode, ty, name, key)| {
                        crate::ResourcePattern { mode, ty, name, key }
                    });
                !removed.destroy && from.covers(address)
            });
        if kept {
            forgotten.push(format!("`{address}`"));
        }
        let action = if kept { Action::Forget } else { Action::Delete };
        let reason = deposed.is_none().then(|| reason(draft, address));
        changes.push(Change {
            deposed: deposed.cloned(),
            previous: draft.moves.get(address).cloned(),
            reason,
            ..delete(draft, address, object, action)
        });
    }
    if !forgotten.is_empty() {
        let message =
            format!("the state will forget objects that go on to exist: {}", forgotten.join(", "));
        reports.push(Report::warning("forgotten", message));
    }
    changes
}

/// The end of an object.
pub(super) fn delete(
    draft: &Draft<'_>,
    address: &Address,
    object: &Object,
    action: Action,
) -> Change {
    let provider = draft.state.instances.get(address).map(|i| i.provider.clone());
    let found = draft.stack.find(address).and_then(|id| draft.stack.resource(id));
    Change {
        address: Arc::new(address.clone()),
        deposed: None,
        previous: None,
        action,
        reason: None,
        before: object.value(address.mode, &address.ty).ok(),
        after: None,
        replace_paths: Vec::new(),
        provider: provider.unwrap_or_default(),
        dependencies: object.dependencies.clone(),
        create_before_destroy: object.create_before_destroy,
        schema_version: object.schema_version,
        header: found.map(|r| r.header),
        imported: None,
        ignore: None,
    }
}

/// Why the configuration has no such instance.
fn reason(draft: &Draft<'_>, address: &Address) -> Reason {
    if !draft.stack.modules.iter().any(|m| m.path == address.module) {
        return Reason::NoModule;
    }
    match (declared(draft, address).next().map(|r| &r.address.key), &address.key) {
        (None, _) => Reason::NoResource,
        (Some(Key::Int(_)), Key::Int(_)) => Reason::CountIndex,
        (Some(Key::Str(_)), Key::Str(_)) => Reason::EachKey,
        _ => Reason::WrongRepetition,
    }
}

/// The instances of the resource that an address belongs to, in its own module instance.
fn declared<'d>(draft: &'d Draft<'_>, of: &Address) -> impl Iterator<Item = &'d Resource> {
    let first = Address { key: Key::None, ..of.clone() };
    let start = draft.stack.resources.partition_point(|r| *r.address < first);
    let all = draft.stack.resources.get(start..).unwrap_or_default().iter();
    all.take_while(move |r| Address { key: Key::None, ..(*r.address).clone() } == first)
}

/// `prevent_destroy`
pub(super) fn guard(draft: &Draft<'_>, changes: &[Change]) -> Result<(), Vec<Report>> {
    let reports: Vec<Report> = changes
        .iter()
        .filter(|c| c.action.deletes() && c.deposed.is_none())
        .filter_map(|change| {
            // The block guards all its instances, also those that it has no more.
            let header = *draft.guarded.get(&bare(&change.address))?;
            let names: BTreeSet<String> =
                change.replace_paths.iter().map(|p| format!("`{}`", show(p))).collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            let why = match change.action {
                Action::Delete => "delete it".to_owned(),
                _ if names.is_empty() => "make it anew".to_owned(),
                _ => format!("make it anew, since {names} cannot change in place"),
            };
            let message =
                format!("`{}` has `prevent_destroy`, and this plan would {why}", change.address);
            Some(
                Report::error("prevent-destroy", message)
                    .at(header, "must not be destroyed")
                    .help("take back the change, or take `prevent_destroy` out of its `lifecycle`"),
            )
        })
        .collect();
    if reports.is_empty() { Ok(()) } else { Err(reports) }
}

/// A path as people write it: `ingress[0].cidr_blocks`.
pub fn show(path: &[stack::value::Step]) -> String {
    use stack::value::Step;
    use std::fmt::Write as _;
    let mut text = String::new();
    for step in path {
        match step {
            Step::Attr(name) if text.is_empty() => text.push_str(name),
            Step::Attr(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Index(index) => drop(write!(text, "[{index}]")),
            Step::Any => text.push_str("[*]"),
        }
    }
    text
}

/// The provider configuration, as a state names it.
fn provider(draft: &Draft<'_>, resource: &Resource) -> String {
    let address = &resource.address;
    let before = || draft.state.instances.get(&**address).map(|i| i.provider.clone());
    let named = crate::configuration_of(&draft.stack, resource);
    named.or_else(before).unwrap_or_default()
}

fn schema_version(address: &Address) -> Option<u64> {
    match address.mode {
        Mode::Managed => schema::resource(&address.ty).map(|s| s.version),
        Mode::Data => Some(0),
    }
}

/// True when what an apply computed still says all that was planned: known parts are the same, unknown ones may be anything.
pub(crate) fn keeps(planned: &Value, last: &Value) -> bool {
    if planned.is_unknown() {
        return true;
    }
    if planned.is_wholly_known() {
        return planned.is_null() && last.is_null() || crate::equal::same(planned, last);
    }
    match (planned.as_slice(), last.as_slice()) {
        // An unknown part may make a set's elements one, or put them in another order.
        _ if matches!(planned.kind, stack::Kind::Set(..)) => true,
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| keeps(a, b)),
        _ => planned.entries().all(|(name, a)| last.get(name).is_some_and(|b| keeps(a, b))),
    }
}
