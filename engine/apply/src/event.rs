//! What a run tells while it runs.

use plan::Failure;
use stack::{Address, Str};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Something happened to one object.
#[derive(Clone, Debug)]
pub struct Event {
    /// The instance.
    pub address: Arc<Address>,
    /// The key of a deposed object.
    pub deposed: Option<Str>,
    /// What is being done to it.
    pub doing: Doing,
    /// Since it was started.
    pub elapsed: Duration,
    /// What happened.
    pub what: What,
}

/// What is being done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doing {
    /// It is read, to see whether it changed.
    Refresh,
    /// An interrupted operation is looked into.
    Recover,
    /// A data source is read.
    Read,
    /// It is made.
    Create,
    /// It is changed in place.
    Update,
    /// It is deleted.
    Delete,
    /// The state forgets it.
    Forget,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// It begins; the `id`, when there is one.
    Started(Option<String>),
    /// A line for people: `waiting for the load balancer to become active`.
    Note(String),
    /// It goes on: told every ten seconds.
    Running,
    /// A call failed and is made again.
    Retrying {
        /// The API operation.
        operation: String,
        /// Which attempt failed, from 1.
        attempt: u32,
        /// How long until the next one.
        wait: Duration,
        /// Why it failed.
        why: String,
    },
    /// Done; the `id`, when there is one.
    Finished(Option<String>),
    /// It failed for good.
    Failed(Failure),
    /// It was not begun, since this failed.
    Skipped(Arc<Address>),
}

/// Who is told.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn(&Event) + Send + Sync>);

impl Listener {
    /// Calls `hear` for each event, from within the run: it must not block.
    pub fn new(hear: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hear))
    }

    pub(crate) fn tell(&self, event: &Event) {
        (self.0)(event);
    }
}

impl Default for Listener {
    fn default() -> Self {
        Self::new(|_| {})
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

impl Doing {
    /// A verb: `creating`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Refresh => "refreshing",
            Self::Recover => "recovering",
            Self::Read => "reading",
            Self::Create => "creating",
            Self::Update => "changing",
            Self::Delete => "destroying",
            Self::Forget => "forgetting",
        }
    }
}
