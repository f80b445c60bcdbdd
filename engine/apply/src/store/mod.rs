//! Where the state is kept.

mod local;
mod lock;
mod lock_file;
mod state_file;

pub use local::{LocalStore, Paths};
pub use lock::LockInfo;
pub use lock_file::{LockFile, NotTaken};
pub use state_file::sync_folder;

use plan::Pending;

/// A place for one state.
pub trait Store: Send + Sync {
    /// For messages: a path, or `s3://bucket/key`.
    fn place(&self) -> String;

    /// Takes the lock, or says who has it.
    fn lock<'a>(&'a self, info: &'a LockInfo) -> Pending<'a, Result<(), StoreError>>;

    /// Gives the lock back.
    fn unlock(&self) -> Pending<'_, Result<(), StoreError>>;

    /// The state's bytes; `None` when there is none yet.
    fn read(&self) -> Pending<'_, Result<Option<Vec<u8>>, StoreError>>;

    /// Replaces the state as a whole: a reader sees the old bytes or the new ones.
    fn write(&self, state: Vec<u8>) -> Pending<'_, Result<(), StoreError>>;
}

/// Why the state is out of reach.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else has the lock.
    #[error("the state at `{place}` is locked: {} has been {} since {}", .info.who, .info.doing(), .info.created)]
    Locked {
        /// The state.
        place: String,
        /// Who has it, as the lock says.
        info: Box<LockInfo>,
    },
    /// Somebody else wrote the state although we hold the lock.
    #[error("the state at `{place}` was written by somebody else meanwhile")]
    Overtaken {
        /// The state.
        place: String,
    },
    /// The place does not work.
    #[error("the state at `{place}` cannot be {what}: {why}")]
    Broken {
        /// The state.
        place: String,
        /// `read`, `written`, `locked`
        what: &'static str,
        /// Why.
        why: String,
    },
}
