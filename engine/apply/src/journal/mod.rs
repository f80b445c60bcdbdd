//! The journal: what was about to be done, on disk before it is done.
//!
//! One JSON object a line, appended and synced, each with a hash over itself and the line before, so that a torn or edited journal is
//! noticed. Secrets are left out: what recovery needs is who an object is, not what it keeps.

mod entry;
mod read;

pub(crate) use entry::masked;
pub(crate) use entry::{Entry, Intent, Place, Work};
pub use read::JournalError;
use read::Reading;

use crate::Clock;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Where lines go. A line is durable when `append` returns.
pub trait Log: Send {
    /// Appends a line, its end included.
    fn append(&mut self, line: &[u8]) -> io::Result<()>;
    /// Starts over with nothing.
    fn clear(&mut self) -> io::Result<()>;
    /// Cuts everything after the first `len` bytes off.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

/// A journal that can be written.
pub(crate) struct Journal {
    clock: Clock,
    tail: Mutex<Tail>,
}

struct Tail {
    log: Box<dyn Log>,
    /// Bytes of whole lines.
    whole: u64,
    /// What stands behind them may be part of a line that could not be written.
    torn: bool,
    sequence: u64,
    /// The hash of the last line.
    last: String,
    open: Open,
}

/// Operations that were begun and have no end on record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Open {
    /// Where they were begun.
    pub(crate) place: Option<Place>,
    /// The same of provider configurations that worked elsewhere.
    pub(crate) others: BTreeMap<String, Place>,
    /// The state's lineage; empty where the journal does not say.
    pub(crate) lineage: String,
    /// In the order in which they were begun; with what they made, if that is known.
    pub(crate) intents: Vec<(Intent, Option<Made>)>,
}

/// The addresses of the operations that a journal's text holds begun and without an end, for those who only look.
pub fn unfinished(existing: &[u8]) -> Result<Vec<String>, JournalError> {
    let intents = read::read(existing)?.open.intents;
    Ok(intents.into_iter().map(|(intent, _)| intent.address).collect())
}

/// What an open intent has made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Made {
    /// Its attributes, secrets left out.
    pub(crate) attributes: Json,
    /// Every call that makes it was answered.
    pub(crate) whole: bool,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Journal")
    }
}

impl Journal {
    /// Goes on with the journal that `existing` holds.
    pub(crate) fn open(
        mut log: Box<dyn Log>,
        existing: &[u8],
        clock: Clock,
    ) -> Result<(Self, Open), JournalError> {
        let read = read::read(existing)?;
        if read.whole < existing.len() as u64 {
            log.cut(read.whole)?;
        }
        let open = read.open.clone();
        let Reading { whole, sequence, last, open: known } = read;
        let tail = Tail { log, whole, torn: false, sequence, last, open: known };
        Ok((Self { clock, tail: Mutex::new(tail) }, open))
    }

    /// Puts an entry on disk.
    pub(crate) fn write(&self, entry: &Entry) -> io::Result<()> {
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.clock.now();
        let mut body = serde_json::to_value(entry)?;
        if let Json::Object(fields) = &mut body {
            fields.insert("sequence".into(), tail.sequence.into());
            fields.insert("at".into(), at.into());
        }
        let hash = read::hash(&tail.last, &body);
        let mut line = serde_json::to_vec(&json!({ "hash": hash, "line": body }))?;
        line.push(b'\n');
        tail.append(&line)?;
        tail.sequence += 1;
        tail.last = hash;
        tail.open.note(entry.clone());
        Ok(())
    }

    /// Forgets everything: nothing is open, and the state holds it all.
    pub(crate) fn clear(&self) -> io::Result<()> {
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.log.clear()?;
        (tail.whole, tail.torn) = (0, false);
        (tail.sequence, tail.last, tail.open) = (0, String::new(), Open::default());
        Ok(())
    }

    /// What was begun and has no end on record.
    pub(crate) fn unfinished(&self) -> Open {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner).open.clone()
    }
}

impl Tail {
    /// Appends a line. What an earlier one left that did not fit on the disk goes first: nothing could be read behind it.
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        if self.torn {
            self.log.cut(self.whole)?;
        }
        self.torn = true;
        self.log.append(line)?;
        self.torn = false;
        self.whole += line.len() as u64;
        Ok(())
    }
}

/// A journal file, for its owner only.
#[derive(Debug)]
pub struct FileLog(File);

impl FileLog {
    /// Opens the file, making it if need be, and reads what it holds.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<u8>)> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let mut existing = Vec::new();
        file.read_to_end(&mut existing)?;
        if let Some(folder) = path.parent() {
            crate::store::sync_folder(folder)?;
        }
        Ok((Self(file), existing))
    }
}

impl Log for FileLog {
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.0.write_all(line)?;
        self.0.sync_data()
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cut(0)
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.0.set_len(len)?;
        self.0.sync_all()
    }
}
