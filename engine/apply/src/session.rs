//! From taking the lock to giving it back.

use crate::journal::{FileLog, Journal, JournalError, Log, Open};
use crate::ledger::Ledger;
use crate::{Clock, LocalStore, LockInfo, Paths, Store, StoreError};
use plan::{State, StateError};
use std::fmt;
use std::sync::Arc;

/// The state under lock, and the journal beside it. Everything that changes anything happens within one.
pub struct Session {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) journal: Journal,
    pub(crate) open: Open,
    pub(crate) state: State,
}

/// Why a session cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The state cannot be locked or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was read is no state.
    #[error("{place}: {error}")]
    State {
        /// Where the state is kept.
        place: String,
        /// What is wrong.
        error: StateError,
    },
    /// The journal of an earlier run cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl SessionError {
    /// The lock's holder, when that is why.
    pub fn holder(&self) -> Option<&LockInfo> {
        match self {
            Self::Store(StoreError::Locked { info, .. }) => Some(info),
            _ => None,
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("place", &self.store.place()).finish_non_exhaustive()
    }
}

impl Session {
    /// Locks and reads a local state.
    pub async fn local(paths: &Paths, info: &LockInfo, clock: Clock) -> Result<Self, SessionError> {
        let store = Arc::new(LocalStore::new(paths.clone()));
        store.lock(info).await?;
        let (log, existing) = FileLog::open(&paths.journal).map_err(JournalError::Io)?;
        Self::locked(store, Box::new(log), &existing, clock).await
    }

    /// Locks and reads a state that is kept elsewhere; the journal holds what `existing` says.
    pub async fn open(
        store: Arc<dyn Store>,
        log: Box<dyn Log>,
        existing: &[u8],
        info: &LockInfo,
        clock: Clock,
    ) -> Result<Self, SessionError> {
        store.lock(info).await?;
        Self::locked(store, log, existing, clock).await
    }

    async fn locked(
        store: Arc<dyn Store>,
        log: Box<dyn Log>,
        existing: &[u8],
        clock: Clock,
    ) -> Result<Self, SessionError> {
        let start = async {
            let bytes = store.read().await?.unwrap_or_default();
            let state = State::read(&bytes)
                .map_err(|error| SessionError::State { place: store.place(), error })?;
            let (journal, open) = Journal::open(log, existing, clock)?;
            Ok((state, journal, open))
        };
        match start.await {
            Ok((state, journal, open)) => Ok(Self { store, journal, open, state }),
            Err(error) => {
                // The first error is the one to tell.
                let _ = store.unlock().await;
                Err(error)
            }
        }
    }

    /// The state as it is now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How many operations an earlier run left without an end.
    pub fn unfinished(&self) -> usize {
        self.open.intents.len()
    }

    /// Stores what a refresh found, where it differs and no run follows that would store it.
    pub async fn keep(&mut self, refreshed: &State) -> Result<(), StoreError> {
        if *refreshed == self.state {
            return Ok(());
        }
        let ledger = Ledger::new(Arc::clone(&self.store), refreshed.clone());
        ledger.change(|_| {});
        ledger.save().await?;
        self.state = ledger.state();
        Ok(())
    }

    /// Gives the lock back.
    pub async fn close(self) -> Result<(), StoreError> {
        self.store.unlock().await
    }
}
