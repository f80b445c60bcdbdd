//! Which chain of steps took the time: each began when the one before it was done.

use crate::event::Doing;
use plan::Step;
use stack::Address;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A step of the chain that a run had to wait for.
#[derive(Clone, Debug)]
pub struct Leg {
    /// The instance.
    pub address: Arc<Address>,
    /// What was done to it.
    pub doing: Doing,
    /// From when all that it needs was done until it was done.
    pub took: Duration,
}

/// When a step was begun and when it ended.
pub(super) type Times = Option<(Instant, Instant)>;

/// The steps that the last one to end waited for, in the order in which they ran: before each stands that of its needs which ended last.
pub(super) fn chain(steps: &[Step], times: &[Times]) -> Vec<usize> {
    let end = |at: &usize| times.get(*at).copied().flatten().map(|(_, end)| end);
    let latest = |all: &mut dyn Iterator<Item = usize>| {
        // Of those that end together the first in the plan's order.
        all.filter_map(|at| Some((end(&at)?, std::cmp::Reverse(at)))).max().map(|(_, at)| at.0)
    };
    let mut chain = Vec::new();
    let mut next = latest(&mut (0..steps.len()));
    while let Some(at) = next {
        chain.push(at);
        // Needs stand before what needs them, so this comes to an end.
        let needs = steps.get(at).map(|step| step.needs.as_slice()).unwrap_or_default();
        next = latest(&mut needs.iter().copied().filter(|need| *need < at));
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::Work;

    #[test]
    fn the_chain_leads_back_from_what_ended_last_over_what_it_waited_for() {
        let step = |needs: &[usize]| Step { change: 0, work: Work::Make, needs: needs.to_vec() };
        // A diamond and a long step beside it.
        let steps = [step(&[]), step(&[0]), step(&[0]), step(&[1, 2]), step(&[])];
        let zero = Instant::now();
        let time = |from: u64, to: u64| {
            Some((zero + Duration::from_secs(from), zero + Duration::from_secs(to)))
        };
        let times = [time(0, 2), time(2, 3), time(2, 9), time(9, 10), time(0, 9)];
        assert_eq!(chain(&steps, &times), [0, 2, 3]);
        let slow = [time(0, 2), time(2, 3), time(2, 9), time(9, 10), time(0, 11)];
        assert_eq!(chain(&steps, &slow), [4]);
        // What never began is no part of it.
        let cut = [time(0, 2), time(2, 3), None, None, None];
        assert_eq!(chain(&steps, &cut), [0, 1]);
        assert_eq!(chain(&steps, &[None; 5]), Vec::<usize>::new());
    }
}
