//! Which part of the stack a plan is about: `-target`, `-exclude`.

use super::Draft;
use crate::order::{Names, bare};
use crate::{Options, Pattern};
use stack::{Address, Mode, Program, ResourceId, Stack};
use std::collections::{BTreeMap, BTreeSet};
use syntax::{Report, Span};

/// The instances that a plan may change: the targets and all that they need; or all but what is excluded and what needs that.
pub(super) fn inside(stack: &Stack, options: &Options<'_>) -> BTreeSet<ResourceId> {
    let ids = || stack.resources.iter().zip((0..).map(ResourceId));
    let meant = |patterns: &[Pattern]| -> Vec<ResourceId> {
        let any = |address: &Address| patterns.iter().any(|pattern| pattern.covers(address));
        ids().filter(|(r, _)| any(&r.address)).map(|(_, id)| id).collect()
    };
    if !options.targets.is_empty() {
        return closure(meant(&options.targets), |id| {
            let edges = stack.resource(id).map(|r| r.edges.as_slice()).unwrap_or_default();
            edges.iter().map(|edge| edge.to).collect()
        });
    }
    let mut users: BTreeMap<ResourceId, Vec<ResourceId>> = BTreeMap::new();
    for (resource, id) in ids().filter(|_| !options.exclude.is_empty()) {
        resource.edges.iter().for_each(|edge| users.entry(edge.to).or_default().push(id));
    }
    let outside =
        closure(meant(&options.exclude), |id| users.get(&id).cloned().unwrap_or_default());
    ids().map(|(_, id)| id).filter(|id| !outside.contains(id)).collect()
}

/// The instances whose number is not known and that the plan leaves out; what the stack reports of them goes.
pub(super) fn pardoned(stack: &mut Stack, options: &Options<'_>) -> BTreeSet<Address> {
    let limited = options.is_partial() || options.refresh_only;
    if !limited || stack.resources.iter().all(|r| !r.symbolic) {
        return BTreeSet::new();
    }
    let inside = if options.refresh_only { BTreeSet::new() } else { inside(stack, options) };
    let outside = stack.resources.iter().zip((0..).map(ResourceId));
    let outside: Vec<_> =
        outside.filter(|(r, id)| r.symbolic && !inside.contains(id)).map(|(r, _)| r).collect();
    let within = |span: Span| {
        let holds = |block: Span| {
            block.file == span.file && block.start <= span.start && span.end <= block.end
        };
        outside.iter().any(|resource| holds(resource.block))
    };
    let concerns = |report: &Report| {
        report.code == "unknown-repetition" && report.at.as_ref().is_some_and(|at| within(at.span))
    };
    let kept = stack.reports.iter().filter(|report| !concerns(report)).cloned().collect();
    let addresses = outside.iter().map(|resource| (*resource.address).clone()).collect();
    stack.reports = kept;
    addresses
}

fn closure(
    mut open: Vec<ResourceId>,
    next: impl Fn(ResourceId) -> Vec<ResourceId>,
) -> BTreeSet<ResourceId> {
    let mut inside = BTreeSet::new();
    while let Some(id) = open.pop() {
        if inside.insert(id) {
            open.extend(next(id));
        }
    }
    inside
}

/// What the state holds and the configuration does not, and the plan leaves alone all the same: what is excluded, and what something
/// that stays as it is needed when it was made.
pub(super) fn left_alone(draft: &Draft<'_>, inside: &BTreeSet<ResourceId>) -> BTreeSet<Address> {
    let Options { targets, exclude, .. } = draft.options;
    let any = |all: &[Pattern], a: &Address| all.iter().any(|pattern| pattern.covers(a));
    let orphan = |address: &Address| draft.stack.find(address).is_none();
    let objects = || draft.state.objects().filter(|(a, _, _)| a.mode == Mode::Managed);
    let mut alone: BTreeSet<Address> = objects()
        .map(|(address, _, _)| address)
        .filter(|a| orphan(a))
        .filter(|a| any(exclude, a) || !targets.is_empty() && !any(targets, a))
        .cloned()
        .collect();
    if exclude.is_empty() {
        return alone;
    }
    let stays = |address: &Address| {
        alone.contains(address) || draft.stack.find(address).is_some_and(|id| !inside.contains(&id))
    };
    let addresses: Vec<&Address> = objects().map(|(address, _, _)| address).collect();
    let names = Names::new(addresses.iter().copied());
    // What a state stores is all that was needed, directly or not.
    let needed: Vec<usize> = objects()
        .filter(|(address, _, _)| stays(address))
        .flat_map(|(of, _, object)| {
            object.dependencies.iter().flat_map(|name| names.meant(name, of)).collect::<Vec<_>>()
        })
        .collect();
    let needed = needed.into_iter().filter_map(|at| addresses.get(at));
    alone.extend(needed.filter(|a| orphan(a)).map(|a| (*a).clone()));
    alone
}

/// Says that the plan is partial.
pub(super) fn warning(options: &Options<'_>) -> Option<Report> {
    let option = match (options.targets.is_empty(), options.exclude.is_empty()) {
        (false, _) => "-target",
        (true, false) => "-exclude",
        (true, true) => return None,
    };
    let message = format!("this plan covers only part of the stack, because of `{option}`");
    Some(
        Report::warning("targeted", message)
            .help(format!("plan once more without `{option}` afterwards")),
    )
}

/// Refuses patterns that mean nothing, neither in the configuration nor in the state: a mistyped address would quietly plan nothing, or
/// leave out nothing.
pub(super) fn named(program: &Program<'_>, draft: &Draft<'_>) -> Result<(), Vec<Report>> {
    let Options { targets, exclude, replace, .. } = draft.options;
    let all = [("-target", targets), ("-exclude", exclude), ("-replace", replace)];
    if all.iter().all(|(_, patterns)| patterns.is_empty()) {
        return Ok(());
    }
    let (modules, resources) = program.declared();
    let instances: Vec<&Address> = (draft.stack.resources.iter().map(|r| &*r.address))
        .chain(draft.state.instances.keys())
        .collect();
    let has = |pattern: &Pattern| {
        let call = pattern.resource.is_none() && modules.contains(&pattern.module);
        call || resources.iter().chain(instances.iter().copied()).any(|a| pattern.covers(a))
    };
    let unknown = all.iter().flat_map(|(option, patterns)| {
        patterns.iter().filter(|p| !has(p)).map(move |pattern| (option, pattern))
    });
    let reports: Vec<Report> = unknown
        .map(|(option, pattern)| {
            let name = pattern.to_string();
            let message = format!("`{option}={name}`: neither the stack nor its state has that");
            let report = Report::error("unknown-address", message);
            let mut known: BTreeSet<String> = instances.iter().map(ToString::to_string).collect();
            known.extend(resources.iter().map(bare));
            known.extend(modules.iter().map(ToString::to_string));
            match schema::closest(&name, known.iter().map(String::as_str)) {
                Some(like) => report.help(format!("did you mean `{like}`?")),
                None => report.help("an address is like `module.web.aws_ecs_service.this[\"a\"]`; without its key it means all instances"),
            }
        })
        .collect();
    if reports.is_empty() { Ok(()) } else { Err(reports) }
}
