//! From taking the lock to giving it back.

use crate::journal::{FileLog, Journal, JournalError, Log, Open};
use crate::ledger::Ledger;
use crate::{Clock, LocalStore, LockInfo, Paths, Store, StoreError};
use plan::{State, StateError};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The state under lock, and the journal beside it. Everything that changes anything happens within one.
pub struct Session {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) journal: Journal,
    pub(crate) open: Open,
    pub(crate) state: State,
    pub(crate) unsaved: bool,
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
    /// The journal tells of a run over another state.
    #[error(
        "{journal} tells what an interrupted run over another state left behind (lineage {then}), and the state at `{place}` is not that one (lineage {now}): bring that state back, or move the journal away"
    )]
    OtherState {
        /// Where the state is kept.
        place: String,
        /// Where the journal is.
        journal: String,
        /// The lineage of the state that the interrupted run worked on.
        then: String,
        /// The lineage of the state that is there.
        now: String,
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
        Self::start(store, &paths.journal, info, clock).await
    }

    /// Locks and reads a state, wherever it is kept, and then opens the journal file.
    pub async fn start(
        store: Arc<dyn Store>,
        journal: &Path,
        info: &LockInfo,
        clock: Clock,
    ) -> Result<Self, SessionError> {
        store.lock(info).await?;
        match FileLog::open(journal) {
            Ok((log, existing)) => {
                let name = format!("the journal `{}`", journal.display());
                Self::locked(store, Box::new(log), &existing, clock, &name).await
            }
            Err(error) => {
                // The first error is the one to tell.
                let _ = store.unlock().await;
                Err(JournalError::Io(error).into())
            }
        }
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
        Self::locked(store, log, existing, clock, "the journal").await
    }

    async fn locked(
        store: Arc<dyn Store>,
        log: Box<dyn Log>,
        existing: &[u8],
        clock: Clock,
        journal_name: &str,
    ) -> Result<Self, SessionError> {
        let start = async {
            let bytes = store.read().await?.unwrap_or_default();
            let state = State::read(&bytes)
                .map_err(|error| SessionError::State { place: store.place(), error })?;
            let (journal, open) = Journal::open(log, existing, clock)?;
            let state = same_state(state, &open, &store.place(), journal_name)?;
            Ok((state, journal, open))
        };
        match start.await {
            Ok((state, journal, open)) => Ok(Self { store, journal, open, state, unsaved: false }),
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

    /// Where the state is kept.
    pub fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    /// The state could not be stored as it is now: what the last run did is in the journal, and in [`Session::state`].
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
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

/// The state, unless the interrupted run that the journal tells of worked on another one. A first run may have died before it stored anything:
/// what it has made goes into the state that it had begun.
fn same_state(
    mut state: State,
    open: &Open,
    place: &str,
    journal: &str,
) -> Result<State, SessionError> {
    if open.intents.is_empty() || open.lineage.is_empty() {
        return Ok(state);
    }
    if state.is_new() {
        state.lineage.clone_from(&open.lineage);
    }
    if state.lineage == open.lineage {
        return Ok(state);
    }
    Err(SessionError::OtherState {
        place: place.to_owned(),
        journal: journal.to_owned(),
        then: open.lineage.clone(),
        now: state.lineage,
    })
}
