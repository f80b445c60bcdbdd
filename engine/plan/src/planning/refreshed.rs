//! The plan that touches nothing: the state learns what changed outside, and the outputs follow.

use super::{Draft, Planned, changes, outputs, scope};
use crate::{Action, Change, Order, Plan};
use stack::Mode;
use std::collections::BTreeSet;

/// Puts the plan together.
pub(super) fn finish(draft: Draft<'_>) -> Planned {
    let managed = draft.state.objects().filter(|(address, _, _)| address.mode == Mode::Managed);
    let all = managed.map(|(address, deposed, object)| {
        let change = changes::delete(&draft, address, object, Action::NoOp);
        Change {
            deposed: deposed.cloned(),
            previous: draft.moves.get(address).filter(|_| deposed.is_none()).cloned(),
            after: change.before.clone(),
            ..change
        }
    });
    let all = all.collect();
    let outputs = outputs::changes(&draft, &BTreeSet::new());
    let mut reports: Vec<_> = scope::warning(draft.options).into_iter().collect();
    let Draft { stack, state, options, .. } = draft;
    reports.extend(stack.reports.iter().cloned());
    let plan = Plan {
        changes: all,
        outputs,
        order: Order::default(),
        prior: state,
        destroy: false,
        refresh_only: true,
        drift: options.drift.clone(),
        reports,
    };
    Planned { plan, stack }
}
