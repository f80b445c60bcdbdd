//! Asking a run to stop.

use std::sync::Arc;
use tokio::sync::watch;

/// Asks a run to stop: nothing new is started, and what is in flight is brought to an end that is on record.
#[derive(Clone, Debug)]
pub struct Cancel(Arc<watch::Sender<bool>>);

impl Default for Cancel {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Cancel {
    /// Asks. Safe to repeat.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// True once asked.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until asked.
    pub async fn cancelled(&self) {
        // The sender lives as long as `self`, so this ends only when asked.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }
}
