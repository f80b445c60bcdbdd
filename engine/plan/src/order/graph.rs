//! The graph of steps, sorted.

use super::{Order, Step, Work};
use crate::Action;
use std::collections::BTreeSet;

/// A change, as the graph sees it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What is done.
    pub(crate) action: Action,
    /// An old object of this type does no harm beside the new one, and others may still use it for a while.
    pub(crate) lingers: bool,
    /// What it needs by the configuration: indices of nodes.
    pub(crate) needs: Vec<usize>,
    /// What it needed when it was made.
    pub(crate) needed: Vec<usize>,
}

/// Sorts the steps. `Err` holds the nodes of a cycle, and of what hangs on it.
pub(crate) fn order(nodes: &[Node]) -> Result<Order, Vec<usize>> {
    let late = late(nodes);
    let mut steps = Vec::new();
    let mut make = vec![None; nodes.len()];
    let mut destroy = vec![None; nodes.len()];
    for (index, (node, (make, destroy))) in
        nodes.iter().zip(make.iter_mut().zip(&mut destroy)).enumerate()
    {
        let (first, second) = match node.action {
            Action::NoOp => (Some(Work::Pass), false),
            Action::Read => (Some(Work::Read), false),
            Action::Create | Action::Update => (Some(Work::Make), false),
            Action::Forget => (Some(Work::Forget), false),
            Action::Replace { .. } => (Some(Work::Make), true),
            Action::Delete => (None, true),
        };
        if let Some(work) = first {
            *make = Some(steps.len());
            steps.push((index, work));
        }
        if second {
            *destroy = Some(steps.len());
            steps.push((index, Work::Destroy));
        }
    }
    let at = |of: &[Option<usize>], index: usize| of.get(index).copied().flatten();
    let mut needs = vec![BTreeSet::new(); steps.len()];
    let mut wishes = needs.clone();
    let wait = |of: &mut [BTreeSet<usize>], step: Option<usize>, needed: Option<usize>| {
        if let (Some(step), Some(needed)) = (step, needed)
            && step != needed
            && let Some(set) = of.get_mut(step)
        {
            set.insert(needed);
        }
    };
    for (i, node) in nodes.iter().enumerate() {
        for &j in &node.needs {
            wait(&mut needs, at(&make, i), at(&make, j));
        }
        for &j in &node.needed {
            wait(&mut needs, at(&destroy, j), at(&destroy, i));
            let leaves = nodes.get(j).is_some_and(|n| n.action == Action::Delete);
            let lets_go = leaves && node.action == Action::Update;
            let moves_over = late.get(j) == Some(&true) && node.action.makes();
            if lets_go || moves_over {
                wait(&mut wishes, at(&destroy, j), at(&make, i));
            }
        }
        if late.get(i) == Some(&true) {
            wait(&mut needs, at(&destroy, i), at(&make, i));
        } else {
            wait(&mut needs, at(&make, i), at(&destroy, i));
        }
    }
    // Changing a dependent before what it leaves goes is a wish: where a destroy-first replacement stands in its way, it yields.
    loop {
        let both = wishes.iter().zip(&needs).map(|(wish, needs)| wish | needs).collect::<Vec<_>>();
        match sort(&steps, &both) {
            Ok(order) => return Ok(order),
            Err(stuck) => {
                let wish = (wishes.iter_mut().zip(&steps))
                    .rfind(|(wish, (change, _))| !wish.is_empty() && stuck.contains(change));
                match wish {
                    Some((wish, _)) => wish.clear(),
                    None => return Err(stuck),
                }
            }
        }
    }
}

/// Which old objects go after the new ones were made.
fn late(nodes: &[Node]) -> Vec<bool> {
    let mut late: Vec<bool> = nodes
        .iter()
        .map(|n| matches!(n.action, Action::Replace { create_first } if create_first || n.lingers))
        .collect();
    // A lingering object must not outlive what it needs: where that goes first, so does it.
    let early = |late: &[bool], i: usize| {
        late.get(i) == Some(&false)
            && nodes.get(i).is_some_and(|n| matches!(n.action, Action::Replace { .. }))
    };
    let mut users = vec![BTreeSet::new(); nodes.len()];
    for (i, node) in nodes.iter().enumerate() {
        for &j in node.needs.iter().chain(&node.needed) {
            if let Some(users) = users.get_mut(j) {
                users.insert(i);
            }
        }
    }
    let mut open: Vec<usize> = (0..nodes.len()).filter(|i| early(&late, *i)).collect();
    let mut seen = BTreeSet::new();
    while let Some(j) = open.pop() {
        for &i in users.get(j).into_iter().flatten().filter(|i| seen.insert(**i)) {
            let lingers = nodes.get(i).is_some_and(|n| n.lingers)
                && nodes
                    .get(i)
                    .is_some_and(|n| n.action == Action::Replace { create_first: false });
            if let Some(late) = late.get_mut(i).filter(|_| lingers) {
                *late = false;
            }
            open.push(i);
        }
    }
    late
}

/// Kahn's algorithm; of the steps that are ready the first in plan order comes first.
fn sort(steps: &[(usize, Work)], needs: &[BTreeSet<usize>]) -> Result<Order, Vec<usize>> {
    let mut users = vec![Vec::new(); steps.len()];
    let mut open: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    for (step, set) in needs.iter().enumerate() {
        for &needed in set {
            if let Some(users) = users.get_mut(needed) {
                users.push(step);
            }
        }
    }
    let mut ready: BTreeSet<usize> =
        open.iter().enumerate().filter(|(_, n)| **n == 0).map(|(step, _)| step).collect();
    let mut place = vec![usize::MAX; steps.len()];
    let mut sorted = Vec::with_capacity(steps.len());
    while let Some(step) = ready.pop_first() {
        if let (Some(&(change, work)), Some(set), Some(place)) =
            (steps.get(step), needs.get(step), place.get_mut(step))
        {
            *place = sorted.len();
            sorted.push((change, work, set));
        }
        for &user in users.get(step).into_iter().flatten() {
            if let Some(open) = open.get_mut(user) {
                *open -= 1;
                if *open == 0 {
                    ready.insert(user);
                }
            }
        }
    }
    if sorted.len() < steps.len() {
        let stuck = steps.iter().zip(&place).filter(|(_, place)| **place == usize::MAX);
        return Err(stuck
            .map(|((change, _), _)| *change)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect());
    }
    let steps = sorted.into_iter().map(|(change, work, set)| {
        let needs: BTreeSet<usize> = set.iter().filter_map(|s| place.get(*s).copied()).collect();
        Step { change, work, needs: needs.into_iter().collect() }
    });
    Ok(Order { steps: steps.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(action: Action, needs: &[usize], needed: &[usize]) -> Node {
        Node { action, lingers: false, needs: needs.to_vec(), needed: needed.to_vec() }
    }

    /// The steps as `work change`, in order.
    fn lines(nodes: &[Node]) -> Vec<String> {
        let order = order(nodes).unwrap();
        order.steps.iter().map(|s| format!("{:?} {}", s.work, s.change)).collect()
    }

    const REPLACE: Action = Action::Replace { create_first: false };
    const REPLACE_LATE: Action = Action::Replace { create_first: true };

    #[test]
    fn makes_what_is_needed_first_and_deletes_it_last() {
        let nodes = [node(Action::Create, &[1], &[]), node(Action::Create, &[], &[])];
        assert_eq!(lines(&nodes), ["Make 1", "Make 0"]);
        let nodes = [node(Action::Delete, &[], &[]), node(Action::Delete, &[], &[0])];
        assert_eq!(lines(&nodes), ["Destroy 1", "Destroy 0"]);
    }

    #[test]
    fn replaces_a_chain_from_the_outside_in_and_back() {
        let nodes = [node(REPLACE, &[], &[]), node(REPLACE, &[0], &[0])];
        assert_eq!(lines(&nodes), ["Destroy 1", "Destroy 0", "Make 0", "Make 1"]);
        let nodes = [node(REPLACE_LATE, &[], &[]), node(REPLACE_LATE, &[0], &[0])];
        assert_eq!(lines(&nodes), ["Make 0", "Make 1", "Destroy 1", "Destroy 0"]);
    }

    #[test]
    fn a_dependent_moves_over_before_the_old_object_goes() {
        let nodes = [node(REPLACE_LATE, &[], &[]), node(Action::Update, &[0], &[0])];
        assert_eq!(lines(&nodes), ["Make 0", "Make 1", "Destroy 0"]);
    }

    #[test]
    fn a_dependent_lets_go_before_what_it_needed_is_deleted() {
        let nodes = [node(Action::Delete, &[], &[]), node(Action::Update, &[], &[0])];
        assert_eq!(lines(&nodes), ["Make 1", "Destroy 0"]);
    }

    #[test]
    fn letting_go_first_yields_where_it_would_be_a_cycle() {
        // 0 is replaced, 1 is deleted and needed 0, 2 is updated, needed 1 and needs 0.
        let nodes = [
            node(REPLACE, &[], &[]),
            node(Action::Delete, &[], &[0]),
            node(Action::Update, &[0], &[1]),
        ];
        assert_eq!(lines(&nodes), ["Destroy 1", "Destroy 0", "Make 0", "Make 2"]);
    }

    #[test]
    fn an_old_revision_goes_after_its_users_left_it_unless_its_own_needs_go_first() {
        let revision = |needs: &[usize]| Node { lingers: true, ..node(REPLACE, needs, needs) };
        let nodes = [revision(&[]), node(Action::Update, &[0], &[0])];
        assert_eq!(lines(&nodes), ["Make 0", "Make 1", "Destroy 0"]);
        let nodes = [node(REPLACE, &[], &[]), revision(&[0]), node(Action::Update, &[1], &[1])];
        assert_eq!(lines(&nodes), ["Destroy 1", "Destroy 0", "Make 0", "Make 1", "Make 2"]);
    }

    #[test]
    fn a_cycle_is_told() {
        let nodes = [
            node(Action::Create, &[1], &[]),
            node(Action::Create, &[0], &[]),
            node(Action::Create, &[], &[]),
        ];
        assert_eq!(order(&nodes), Err(vec![0, 1]));
    }

    fn action() -> impl Strategy<Value = Action> {
        prop::sample::select(vec![
            Action::NoOp,
            Action::Create,
            Action::Update,
            Action::Delete,
            Action::Forget,
            REPLACE,
            REPLACE_LATE,
        ])
    }

    /// Nodes that need only earlier ones, by the configuration and by the state alike, `create_first` closed over needs.
    fn graphs() -> impl Strategy<Value = Vec<Node>> {
        let node = |(action, lingers, mask): (Action, bool, u16)| (action, lingers, mask);
        prop::collection::vec((action(), any::<bool>(), any::<u16>()).prop_map(node), 1..12)
            .prop_map(|raw| {
                let mut nodes: Vec<Node> = raw
                    .iter()
                    .enumerate()
                    .map(|(i, (action, lingers, mask))| {
                        let all: Vec<usize> = (0..i).filter(|j| mask >> j & 1 == 1).collect();
                        let made = action.makes() || *action == Action::NoOp;
                        let stays =
                            |j: &usize| !matches!(raw[*j].0, Action::Delete | Action::Forget);
                        let needs = all.iter().copied().filter(|j| made && stays(j)).collect();
                        let old = !matches!(action, Action::Create);
                        let needed =
                            all.iter().copied().filter(|j| old && raw[*j].0 != Action::Create);
                        Node { action: *action, lingers: *lingers, needs, needed: needed.collect() }
                    })
                    .collect();
                // A state stores all that was needed, directly or not.
                for i in 0..nodes.len() {
                    let mut all: BTreeSet<usize> = nodes[i].needed.iter().copied().collect();
                    for j in nodes[i].needed.clone() {
                        all.extend(nodes[j].needed.iter().copied());
                    }
                    nodes[i].needed = all.into_iter().collect();
                }
                for i in (0..nodes.len()).rev() {
                    if nodes[i].action == REPLACE_LATE {
                        let mut queue = nodes[i].needs.clone();
                        while let Some(j) = queue.pop() {
                            queue.extend(nodes[j].needs.clone());
                            if nodes[j].action == REPLACE {
                                nodes[j].action = REPLACE_LATE;
                            }
                        }
                    }
                }
                nodes
            })
    }

    proptest! {
        #[test]
        fn every_graph_of_a_real_plan_has_an_order_and_keeps_its_laws(nodes in graphs()) {
            let order = order(&nodes).unwrap();
            let place = |change: usize, work: Work| {
                order.steps.iter().position(|s| s.change == change && s.work == work)
            };
            for (at, step) in order.steps.iter().enumerate() {
                prop_assert!(step.needs.iter().all(|n| *n < at));
            }
            for (i, node) in nodes.iter().enumerate() {
                for &j in &node.needs {
                    if let (Some(a), Some(b)) = (place(j, Work::Make), place(i, Work::Make)) {
                        prop_assert!(a < b, "{i} is made before {j}");
                    }
                }
                for &j in &node.needed {
                    if let (Some(a), Some(b)) = (place(i, Work::Destroy), place(j, Work::Destroy)) {
                        prop_assert!(a < b, "{j} goes before {i}");
                    }
                }
                if let (Some(m), Some(d)) = (place(i, Work::Make), place(i, Work::Destroy)) {
                    match node.action {
                        Action::Replace { create_first: true } => prop_assert!(m < d),
                        _ => prop_assert!(node.lingers || d < m),
                    }
                }
            }
        }
    }
}
