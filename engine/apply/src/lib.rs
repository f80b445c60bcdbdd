//! Walks a plan over any [`plan::Provider`]: concurrency, retries, journal, resume, locks.
//!
//! A [`Session`] holds the lock, the state and the journal. Within it: [`Session::recover`] looks into what an interrupted run left,
//! [`refresh`] reads reality, [`plan::plan`] plans, [`Session::run`] applies. Nothing is made without an intent on disk, and nothing that
//! was made is forgotten, wherever a crash strikes.

mod call;
mod cancel;
mod event;
mod import;
mod journal;
mod ledger;
mod live;
mod options;
mod pace;
mod preflight;
mod quotas;
mod recover;
mod references;
mod refresh;
mod run;
mod session;
mod store;

pub use cancel::Cancel;
pub use event::{Doing, Event, Listener, What};
pub use import::import;
pub use journal::{FileLog, JournalError, Log, unfinished};
pub use live::Live;
pub use options::{Clock, Options};
pub use plan::Drift;
pub use preflight::preflight;
pub use recover::{Recovered, Recovery};
pub use refresh::{Refreshed, refresh};
pub use run::{Ending, Left, Leg, Outcome};
pub use session::{Session, SessionError};
pub use store::{LocalStore, LockFile, LockInfo, NotTaken, Paths, Store, StoreError, sync_folder};

use plan::{Failure, FailureKind};

/// A failure of this machine or of the stack, not of AWS.
pub(crate) fn trouble(message: String) -> Failure {
    Failure { kind: FailureKind::Other, message, operation: String::new(), help: None }
}
