//! The plan that leaves nothing: whatever the state holds goes, in the reverse of the order in which it was made.

use super::{Draft, Planned, changes, needs, outputs};
use crate::{Action, Change, Order, Plan};
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
    if !draft.options.targets.is_empty() {
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
    let outputs = if draft.options.targets.is_empty() {
        outputs::changes(&draft, &BTreeSet::new())
    } else {
        Vec::new()
    };
    let Draft { stack, state, .. } = draft;
    let reports = stack.reports.clone();
    let plan = Plan { changes: all, outputs, order, prior: state, destroy: true, reports };
    Ok(Planned { plan, stack })
}

/// The targets, and what cannot be without them.
fn doomed(draft: &Draft<'_>, all: &[Change], order: &Order) -> BTreeSet<usize> {
    let targets = &draft.options.targets;
    let mut doomed: BTreeSet<usize> = (all.iter().enumerate())
        .filter(|(_, c)| targets.iter().any(|t| t.covers(&c.address)))
        .map(|(at, _)| at)
        .collect();
    // A deletion waits for those of its dependents: going through the steps from the last to the first meets each before what it waits for.
    for step in order.steps.iter().rev() {
        if doomed.contains(&step.change) {
            let waits = step.needs.iter().filter_map(|s| order.steps.get(*s));
            doomed.extend(waits.map(|s| s.change));
        }
    }
    doomed
}
