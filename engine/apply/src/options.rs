//! How to run.

use crate::{Cancel, Listener};
use stack::{Empty, World};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The wall clock: milliseconds since 1970.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// A clock of one's own.
    pub fn new(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The machine's clock.
    pub fn system() -> Self {
        Self::new(|| {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            since.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
        })
    }

    pub(crate) fn now(&self) -> u64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// How to run.
pub struct Options<'a> {
    /// Calls in flight at most.
    pub parallelism: usize,
    /// Calls a second at most.
    pub rate: f64,
    /// For how long a read may not yet see what a call has made.
    pub visible_within: Duration,
    /// How long one operation may take when its resource has no `timeouts` of its own.
    pub patience: Duration,
    /// Answers for data sources that need no AWS.
    pub world: &'a dyn World,
    /// Who is told.
    pub listener: Listener,
    /// Who may ask to stop.
    pub cancel: Cancel,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            parallelism: 10,
            rate: 20.0,
            visible_within: Duration::from_mins(1),
            patience: Duration::from_mins(20),
            world: &Empty,
            listener: Listener::default(),
            cancel: Cancel::default(),
        }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("parallelism", &self.parallelism)
            .field("rate", &self.rate)
            .field("visible_within", &self.visible_within)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}
