//! Which change needs which: by the configuration, and by what the state stores.

use super::Draft;
use crate::order::{Names, Node, bare, order};
use crate::{Action, Change, Order};
use stack::{Address, Mode};
use std::collections::{BTreeMap, BTreeSet};
use syntax::Report;

/// Types whose old object does no harm beside the new one and is still in use until its users have moved: an ECS service runs on a task
/// definition's old revision until its rollout is over.
const LINGERING: &[&str] = &["aws_ecs_task_definition"];

/// Everything that managed instances need, directly or not, as a state stores it. Without recursion: chains may be as long as the stack.
pub(super) fn dependencies(draft: &Draft<'_>) -> Vec<Vec<String>> {
    let resources = &draft.stack.resources;
    let edges = |at: usize| resources.get(at).map(|r| r.edges.as_slice()).unwrap_or_default();
    let mut entered = vec![false; resources.len()];
    let mut closed: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); resources.len()];
    for start in 0..resources.len() {
        let mut open = vec![(start, false)];
        while let Some((at, done)) = open.pop() {
            let needs = || edges(at).iter().map(|e| e.to.0 as usize).filter(|to| *to != at);
            if done {
                let mut all: BTreeSet<usize> = needs().collect();
                for to in needs() {
                    all.extend(closed.get(to).into_iter().flatten());
                }
                if let Some(closed) = closed.get_mut(at) {
                    *closed = all;
                }
            } else if let Some(entered) = entered.get_mut(at).filter(|entered| !**entered) {
                *entered = true;
                open.push((at, true));
                open.extend(needs().map(|to| (to, false)));
            }
        }
    }
    let managed = |r: &&stack::Resource| r.address.mode == Mode::Managed;
    let names: Vec<Option<String>> =
        resources.iter().map(|r| Some(r).filter(managed).map(|r| bare(&r.address))).collect();
    let name = |at: usize| names.get(at).and_then(Option::as_ref);
    let stored = |(at, needs): (usize, &BTreeSet<usize>)| {
        let all = needs.iter().filter_map(|to| name(*to)).filter(|n| Some(*n) != name(at));
        all.collect::<BTreeSet<_>>().into_iter().cloned().collect()
    };
    closed.iter().enumerate().map(stored).collect()
}

/// The order of the changes.
pub(super) fn ordered(draft: &Draft<'_>, changes: &[Change]) -> Result<Order, Vec<Report>> {
    let places: BTreeMap<&Address, usize> = (changes.iter().enumerate())
        .filter(|(_, c)| c.deposed.is_none())
        .map(|(at, c)| (&*c.address, at))
        .collect();
    let names = Names::new(changes.iter().map(|c| &*c.address));
    let nodes: Vec<Node> = changes
        .iter()
        .enumerate()
        .map(|(at, change)| {
            let found = draft.stack.find(&change.address).and_then(|id| draft.stack.resource(id));
            let written = found.filter(|_| change.deposed.is_none() && !draft.options.destroy);
            let edges = written.map(|r| r.edges.as_slice()).unwrap_or_default();
            let to = edges.iter().filter_map(|e| draft.stack.resource(e.to));
            let needs: Vec<usize> = to
                .filter_map(|r| places.get(&*r.address).copied())
                .filter(|to| *to != at)
                .collect();
            let stored = stored(draft, change);
            let needed = if stored.is_empty() && change.before.is_some() {
                needs.clone()
            } else {
                let meant = stored.iter().flat_map(|name| names.meant(name, &change.address));
                meant.filter(|to| *to != at).collect::<BTreeSet<_>>().into_iter().collect()
            };
            Node {
                action: change.action,
                lingers: LINGERING.contains(&change.address.ty.as_str()),
                needs,
                needed,
            }
        })
        .collect();
    order(&nodes).map_err(|stuck| {
        let all = stuck.iter().filter_map(|at| changes.get(*at));
        let list: Vec<String> = all.map(|c| format!("`{}`", c.address)).collect();
        let message = format!("these changes wait for each other: {}", list.join(", "));
        vec![Report::error("circular-plan", message).help(
            "apply in two steps with `-target`, or give the replaced resources `create_before_destroy`",
        )]
    })
}

/// What the state says the object needed when it was made.
fn stored<'d>(draft: &'d Draft<'_>, change: &Change) -> &'d [String] {
    if change.action == Action::Create {
        return &[];
    }
    let instance = draft.state.instances.get(&change.address);
    let object = instance.and_then(|i| match &change.deposed {
        None => i.current.as_ref(),
        Some(key) => i.deposed.get(key),
    });
    object.map(|o| o.dependencies.as_slice()).unwrap_or_default()
}
