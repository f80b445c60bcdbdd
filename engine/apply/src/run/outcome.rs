//! What a run came to.

use super::Leg;
use plan::{Counts, Failure, Plan, State};
use stack::{Address, Str};
use std::sync::Arc;
use std::time::Duration;

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// What was done.
    pub done: Counts,
    /// What was not, by address.
    pub left: Vec<Left>,
    /// What stopped the whole run: no credentials, no way to write the state.
    pub fatal: Option<Failure>,
    /// The state as it is now.
    pub state: State,
    /// How long it took.
    pub took: Duration,
    /// The chain of steps that took so long, first to last; each waited for the one before it.
    pub critical: Vec<Leg>,
    /// Operations that are still in flight or unanswered: the next `banana apply` looks into them.
    pub open: usize,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ending {
    /// All was done.
    Complete,
    /// Something failed; what does not depend on it was done.
    Failed,
    /// It was asked to stop.
    Interrupted,
}

/// A change that was not carried out.
#[derive(Clone, Debug)]
pub struct Left {
    /// The instance.
    pub address: Arc<Address>,
    /// The key of a deposed object.
    pub deposed: Option<Str>,
    /// Why it failed; `None` when it was not begun.
    pub failure: Option<Failure>,
    /// What it waited for, when that failed.
    pub because: Option<Arc<Address>>,
}

impl Outcome {
    /// Nothing was begun.
    pub(super) fn refused(failure: Failure, plan: &Plan, state: &State) -> Self {
        let begun = |c: &&plan::Change| c.action.makes() || c.action.deletes();
        let left = plan.changes.iter().filter(begun).map(|change| Left {
            address: Arc::clone(&change.address),
            deposed: change.deposed.clone(),
            failure: None,
            because: None,
        });
        Self {
            ending: Ending::Failed,
            done: Counts::default(),
            left: left.collect(),
            fatal: Some(failure),
            state: state.clone(),
            took: Duration::ZERO,
            critical: Vec::new(),
            open: 0,
        }
    }
}
