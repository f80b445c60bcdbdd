//! What becomes of the outputs.

use super::Draft;
use crate::OutputChange;
use stack::{Marks, Origin, ResourceId, Str, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One entry for each output, by name.
pub(super) fn changes(draft: &Draft<'_>, inside: &BTreeSet<ResourceId>) -> Vec<OutputChange> {
    let mut all: BTreeMap<&Str, (Option<Value>, Option<Value>, bool)> = BTreeMap::new();
    for (name, stored) in &draft.state.outputs {
        all.insert(name, (Some(stored.read()), None, stored.sensitive));
    }
    for (name, output) in &draft.stack.outputs {
        if draft.options.destroy {
            continue;
        }
        let entry = all.entry(name).or_insert((None, None, false));
        let options = draft.options;
        let follows = if options.refresh_only {
            // What does not exist yet will not exist afterwards.
            output.value.is_wholly_known()
        } else {
            !options.is_partial() || reachable(draft, &output.value, inside)
        };
        entry.1 = if follows { Some(output.value.clone()) } else { entry.0.clone() };
        entry.2 |= output.sensitive;
    }
    let changes = all.into_iter().map(|(name, (before, after, sensitive))| {
        let hide = |value: Option<Value>| {
            if sensitive { value.map(|v| v.with_marks(Marks::SENSITIVE)) } else { value }
        };
        OutputChange { name: name.clone(), before: hide(before), after: hide(after), sensitive }
    });
    changes.filter(|change| change.before.is_some() || change.after.is_some()).collect()
}

/// False when the value waits for a resource that the plan leaves out.
fn reachable(draft: &Draft<'_>, value: &Value, inside: &BTreeSet<ResourceId>) -> bool {
    value.origins().iter().all(|origin| match origin {
        Origin::Resource { address, .. } => {
            draft.stack.find(address).is_none_or(|id| inside.contains(&id))
        }
        _ => true,
    })
}
