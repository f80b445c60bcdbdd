//! The plan that leaves nothing: whatever the state holds goes, in the reverse of the order in which it was made.

use super::{Draft, Planned, changes, needs, outputs, scope};
use crate::{Action, Change, Options, Order, Pattern, Plan};
use stack::Mode;
use std::collections::BTreeSet;
use syntax::Report;

/// Puts the plan together.
pub(super) fn finish(draft: Draft<'_>) -> Result<Planned, Vec<Report>> {
    let mut all: Vec<Change> = draft
        .state
        .objects()
        .filter(|(address, _, _)| address.mode == Mode::Managed)
        .map(|(address, deposed, object)| Change {
            deposed: deposed.cloned(),
            ..changes::delete(&draft, address, object, Action::Delete)
        })
        .collect();
    if draft.options.is_partial() {
        let order = needs::ordered(&draft, &all)?;
        let doomed = doomed(&draft, &all, &order);
        let mut at = 0;
        all.retain(|_| {
            at += 1;
            doomed.contains(&(at - 1))
        });
    }
    changes::guard(&draft, &all)?;
    let order = needs::ordered(&draft, &all)?;
    let outputs = if draft.options.is_partial() {
        Vec::new()
    } else {
        outputs::changes(&draft, &BTreeSet::new())
    };
    let mut reports: Vec<Report> = scope::warning(draft.options).into_iter().collect();
    let Draft { stack, state, options, .. } = draft;
    reports.extend(stack.reports.iter().cloned());
    let plan = Plan {
        changes: all,
        outputs,
        order,
        prior: state,
        destroy: true,
        refresh_only: false,
        drift: options.drift.clone(),
        reports,
    };
    Ok(Planned { plan, stack })
}

/// The targets, and what cannot be without them; or all but what is excluded, and what that needs.
fn doomed(draft: &Draft<'_>, all: &[Change], order: &Order) -> BTreeSet<usize> {
    let Options { targets, exclude, .. } = draft.options;
    let meant = |patterns: &[Pattern]| -> BTreeSet<usize> {
        let any = |c: &Change| patterns.iter().any(|pattern| pattern.covers(&c.address));
        (0..).zip(all).filter(|(_, c)| any(c)).map(|(at, _)| at).collect()
    };
    if targets.is_empty() {
        let mut spared = meant(exclude);
        // A deletion waits for those of its dependents: one of them stays, so it must stay.
        for step in &order.steps {
            let waits = step.needs.iter().filter_map(|s| order.steps.get(*s));
            if waits.into_iter().any(|s| spared.contains(&s.change)) {
                spared.insert(step.change);
            }
        }
        return (0..all.len()).filter(|at| !spared.contains(at)).collect();
    }
    let mut doomed = meant(targets);
    // A deletion waits for those of its dependents: going through the steps from the last to the first meets each before what it waits for.
    for step in order.steps.iter().rev() {
        if doomed.contains(&step.change) {
            let waits = step.needs.iter().filter_map(|s| order.steps.get(*s));
            doomed.extend(waits.map(|s| s.change));
        }
    }
    doomed
}
