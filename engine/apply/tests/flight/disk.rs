//! A state and a journal in memory, on a machine that may die.

use crate::power::{Death, Power, Spent};
use banana_apply::{LockInfo, Log, Store, StoreError};
use plan::Pending;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// What survives a death.
#[derive(Clone)]
pub(crate) struct Disk {
    pub(crate) state: Arc<Mutex<Option<Vec<u8>>>>,
    pub(crate) journal: Arc<Mutex<Vec<u8>>>,
    /// The state cannot be written; the journal can.
    pub(crate) full: Arc<AtomicBool>,
    /// How many more lines fit into the journal. Of the next one half does.
    pub(crate) room: Arc<AtomicI64>,
}

impl Default for Disk {
    fn default() -> Self {
        let room = Arc::new(AtomicI64::new(i64::MAX));
        Self { state: Arc::default(), journal: Arc::default(), full: Arc::default(), room }
    }
}

impl Disk {
    pub(crate) fn state(&self) -> plan::State {
        let bytes = self.state.lock().unwrap().clone().unwrap_or_default();
        plan::State::read(&bytes).unwrap()
    }

    pub(crate) fn journal_text(&self) -> String {
        String::from_utf8_lossy(&self.journal.lock().unwrap()).into_owned()
    }
}

/// The disk, as long as there is power.
#[derive(Clone)]
pub(crate) struct Powered {
    pub(crate) disk: Disk,
    pub(crate) power: Power,
}

impl Log for Powered {
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let mut journal = self.disk.journal.lock().unwrap();
        if self.disk.room.fetch_sub(1, Ordering::Relaxed) <= 0 && !self.power.is_dead() {
            journal.extend_from_slice(&line[..line.len() / 2]);
            return Err(io::Error::other("no space left"));
        }
        match self.power.spend() {
            Spent::Alive | Spent::Dying(Death::After) => journal.extend_from_slice(line),
            Spent::Dying(Death::Torn) => journal.extend_from_slice(&line[..line.len() / 2]),
            Spent::Dying(Death::Before) | Spent::Dead => {}
        }
        if self.power.is_dead() { Err(io::Error::other("no power")) } else { Ok(()) }
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cut(0)
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        let mut journal = self.disk.journal.lock().unwrap();
        if let Spent::Alive | Spent::Dying(Death::After) = self.power.spend() {
            journal.truncate(usize::try_from(len).unwrap());
        }
        if self.power.is_dead() { Err(io::Error::other("no power")) } else { Ok(()) }
    }
}

impl Store for Powered {
    fn place(&self) -> String {
        "memory".into()
    }

    fn lock<'a>(&'a self, _: &'a LockInfo) -> Pending<'a, Result<(), StoreError>> {
        Box::pin(async { Ok(()) })
    }

    fn unlock(&self) -> Pending<'_, Result<(), StoreError>> {
        Box::pin(async { Ok(()) })
    }

    fn read(&self) -> Pending<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async { Ok(self.disk.state.lock().unwrap().clone()) })
    }

    fn write(&self, state: Vec<u8>) -> Pending<'_, Result<(), StoreError>> {
        Box::pin(async move {
            if self.disk.full.load(Ordering::Relaxed) {
                let (place, why) = (self.place(), "no space left".into());
                return Err(StoreError::Broken { place, what: "written", why });
            }
            // Replacing a file as a whole is never torn.
            if let Spent::Alive | Spent::Dying(Death::After) = self.power.spend() {
                *self.disk.state.lock().unwrap() = Some(state);
            }
            if self.power.is_dead() {
                std::future::pending::<()>().await;
            }
            Ok(())
        })
    }
}
