//! One call: a slot, a token, and another try where that may help.

use crate::event::{Doing, Event, Listener, What};
use crate::pace::Pace;
use crate::{Cancel, Options};
use plan::{Failure, FailureKind, Pending};
use stack::{Address, Str};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::SemaphorePermit;
use tokio::time::{Instant, sleep};

/// What all calls of a run share.
pub(crate) struct Caller {
    pub(crate) pace: Pace,
    pub(crate) listener: Listener,
    pub(crate) cancel: Cancel,
    pub(crate) visible_within: Duration,
    pub(crate) patience: Duration,
}

/// One object, and what is being done to it.
#[derive(Clone)]
pub(crate) struct Subject {
    pub(crate) address: Arc<Address>,
    pub(crate) deposed: Option<Str>,
    pub(crate) doing: Doing,
    pub(crate) begun: Instant,
}

/// How one kind of failure is met.
pub(crate) type Again = fn(FailureKind) -> bool;

/// Nothing was done, and it may work soon.
pub(crate) fn harmless(kind: FailureKind) -> bool {
    matches!(kind, FailureKind::Throttled | FailureKind::Retry | FailureKind::Unreachable)
}

/// The call may be repeated whatever it did.
pub(crate) fn repeatable(kind: FailureKind) -> bool {
    harmless(kind) || kind == FailureKind::Unanswered
}

/// A deletion may be repeated, and what still uses the object may let go of it.
pub(crate) fn deletable(kind: FailureKind) -> bool {
    repeatable(kind) || kind == FailureKind::InUse
}

/// The wait before attempt `n` + 1: half a second, growing by half to ten seconds.
pub(crate) fn pause(n: u32) -> Duration {
    let factor = 1.5_f64.powi(i32::try_from(n.min(16)).unwrap_or(16));
    Duration::from_secs_f64((0.5 * factor).min(10.0))
}

/// The wait before something is looked at again that was begun so long ago: a twelfth of that, from half a second to ten. So a long wait is noticed
/// to be over when it is a tenth longer at most, by some fifty looks.
pub(crate) fn look_again(waited: Duration) -> Duration {
    (waited / 12).clamp(Duration::from_millis(500), Duration::from_secs(10))
}

impl Subject {
    pub(crate) fn new(address: &Arc<Address>, doing: Doing) -> Self {
        let (address, begun) = (Arc::clone(address), Instant::now());
        Self { address, deposed: None, doing, begun }
    }

    pub(crate) fn event(&self, what: What) -> Event {
        Event {
            address: Arc::clone(&self.address),
            deposed: self.deposed.clone(),
            doing: self.doing,
            elapsed: self.begun.elapsed(),
            what,
        }
    }
}

impl Caller {
    pub(crate) fn new(options: &Options<'_>) -> Self {
        Self {
            pace: Pace::new(options.parallelism, options.rate),
            listener: options.listener.clone(),
            cancel: options.cancel.clone(),
            visible_within: options.visible_within,
            patience: options.patience,
        }
    }

    pub(crate) fn tell(&self, subject: &Subject, what: What) {
        self.listener.tell(&subject.event(what));
    }

    /// Makes a call until it works, fails in a way that `again` does not forgive, or `deadline` has passed. When the run is asked to stop it
    /// is not made again.
    /// `slot` is the slot for the first attempt, when the caller has one already.
    pub(crate) async fn call<'f, T>(
        &self,
        mut slot: Option<SemaphorePermit<'_>>,
        subject: &Subject,
        deadline: Instant,
        again: Again,
        make: impl Fn() -> Pending<'f, Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let begun = Instant::now();
        let mut attempt = 0;
        loop {
            let result = {
                let _slot = match slot.take() {
                    Some(slot) => Some(slot),
                    None => self.pace.enter().await,
                };
                make().await
            };
            let failure = match result {
                Ok(done) => return Ok(done),
                Err(failure) if !again(failure.kind) => return Err(failure),
                Err(failure) => failure,
            };
            let wait = pause(attempt);
            attempt += 1;
            if Instant::now() + wait >= deadline {
                return Err(given_up(failure, attempt, begun.elapsed()));
            }
            self.before_again(subject, &failure, attempt, wait);
            tokio::select! {
                () = sleep(wait) => {}
                () = self.cancel.cancelled() => return Err(failure),
            }
        }
    }

    /// Asks until there is an answer, for as long as AWS may not show yet what it made. No record of when that was shortens it: a clock that was set
    /// forward meanwhile would make an object look older than it is, and be given up.
    pub(crate) async fn visible<'f, T>(
        &self,
        subject: &Subject,
        make: impl Fn() -> plan::Pending<'f, Result<Option<T>, Failure>>,
    ) -> Result<Option<T>, Failure> {
        let until = Instant::now() + self.visible_within;
        let deadline = until + self.patience;
        for attempt in 0.. {
            if let Some(found) = self.call(None, subject, deadline, repeatable, &make).await? {
                return Ok(Some(found));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            tokio::select! {
                () = sleep(pause(attempt).min(left)) => {}
                () = self.cancel.cancelled() => return Err(crate::trouble("interrupted".into())),
            }
        }
        Ok(None)
    }

    /// Tells of a failed attempt; when AWS throttles, nobody calls for a while.
    pub(crate) fn before_again(
        &self,
        subject: &Subject,
        failure: &Failure,
        attempt: u32,
        wait: Duration,
    ) {
        if failure.kind == FailureKind::Throttled {
            self.pace.hush(wait);
        }
        let (operation, why) = (failure.operation.clone(), failure.message.clone());
        self.tell(subject, What::Retrying { operation, attempt, wait, why });
    }

    /// Waits for a slot; `None` when the run is to stop, so that nothing new begins.
    pub(crate) async fn begin(&self) -> Option<SemaphorePermit<'_>> {
        let slot = self.pace.enter().await;
        slot.filter(|_| !self.cancel.is_cancelled())
    }
}

/// The last failure, with how long it was tried.
pub(crate) fn given_up(failure: Failure, attempts: u32, time: Duration) -> Failure {
    let tried = match attempts {
        1 => String::new(),
        n => format!(" (tried {n} times in {})", shown(time)),
    };
    Failure { message: format!("{}{tried}", failure.message), ..failure }
}

/// `45 s`, `20 min`
pub(crate) fn shown(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}
