//! The state in memory, and its way to the store.

use crate::{Store, StoreError};
use plan::State;
use std::sync::{Arc, Mutex, PoisonError};

/// The version that state files name as their writer's: whose format this is.
const TERRAFORM: &str = "1.11.4";

/// The state of a run. Steps change it, then wait until their change is stored; what changed meanwhile is stored with it.
pub(crate) struct Ledger {
    store: Arc<dyn Store>,
    inner: Mutex<Inner>,
    saving: tokio::sync::Mutex<()>,
}

struct Inner {
    state: State,
    changed: u64,
    saved: u64,
    /// The last write did not succeed.
    failed: bool,
}

impl Inner {
    /// A state that was never written gets its lineage with the first thing that is noted about it.
    fn name(&mut self) {
        if self.state.lineage.is_empty() {
            self.state.lineage = uuid::Uuid::new_v4().to_string();
        }
    }
}

impl Ledger {
    pub(crate) fn new(store: Arc<dyn Store>, state: State) -> Self {
        let inner = Inner { state, changed: 0, saved: 0, failed: false };
        Self { store, inner: Mutex::new(inner), saving: tokio::sync::Mutex::new(()) }
    }

    /// Changes the state in memory.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.changed += 1;
        change(&mut inner.state)
    }

    /// Looks at the state.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.inner.lock().unwrap_or_else(PoisonError::into_inner).state)
    }

    /// Returns when every change made so far is stored.
    pub(crate) async fn save(&self) -> Result<(), StoreError> {
        let wanted = self.inner.lock().unwrap_or_else(PoisonError::into_inner).changed;
        let _turn = self.saving.lock().await;
        let (bytes, version) = {
            let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            if inner.saved >= wanted {
                return Ok(());
            }
            inner.name();
            TERRAFORM.clone_into(&mut inner.state.terraform_version);
            inner.state.serial += 1;
            (inner.state.write(), inner.changed)
        };
        let written = self.store.write(bytes).await;
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.failed = written.is_err();
        if written.is_ok() {
            inner.saved = version;
        }
        written
    }

    /// The state's lineage.
    pub(crate) fn lineage(&self) -> String {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.name();
        inner.state.lineage.clone()
    }

    /// The last write did not succeed: the store lacks what was done since.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).failed
    }

    /// A copy of the state as it is now.
    pub(crate) fn state(&self) -> State {
        self.look(State::clone)
    }
}
