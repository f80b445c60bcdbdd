//! The machine that may die: after its last operation nothing it does has an effect.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::watch;

/// How an operation that the machine dies in leaves things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    /// It had no effect.
    Before,
    /// It had its effect, but nobody learns of it.
    After,
    /// A write was cut in the middle; a call had no effect.
    Torn,
}

/// What an operation may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spent {
    Alive,
    Dying(Death),
    Dead,
}

#[derive(Clone)]
pub(crate) struct Power {
    left: Arc<AtomicI64>,
    death: Death,
    dead: Arc<watch::Sender<bool>>,
}

impl Power {
    /// Dies in the operation after `operations` more.
    pub(crate) fn until(operations: i64, death: Death) -> Self {
        Self {
            left: Arc::new(AtomicI64::new(operations)),
            death,
            dead: Arc::new(watch::Sender::new(false)),
        }
    }

    pub(crate) fn forever() -> Self {
        Self::until(i64::MAX, Death::Before)
    }

    /// One operation that leaves a trace somewhere: a journal line, a state file, a call.
    pub(crate) fn spend(&self) -> Spent {
        match self.left.fetch_sub(1, Ordering::SeqCst) {
            1.. => Spent::Alive,
            0 => {
                self.dead.send_replace(true);
                Spent::Dying(self.death)
            }
            _ => Spent::Dead,
        }
    }

    pub(crate) fn is_dead(&self) -> bool {
        *self.dead.borrow()
    }

    pub(crate) async fn died(&self) {
        let _ = self.dead.subscribe().wait_for(|dead| *dead).await;
    }

    pub(crate) fn left(&self) -> i64 {
        self.left.load(Ordering::SeqCst)
    }
}
