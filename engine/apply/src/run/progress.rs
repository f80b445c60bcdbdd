//! An object is on record the moment it exists.

use super::{Run, Trouble};
use crate::call::Subject;
use crate::event::What;
use crate::journal::{Entry, masked};
use plan::{Change, Progress};
use stack::Value;
use std::io;
use std::sync::{Mutex, PoisonError};

/// Hears of one operation's object.
pub(super) struct Record<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) change: &'a Change,
    pub(super) subject: &'a Subject,
    pub(super) op: &'a str,
    pub(super) planned: &'a Value,
    made: Mutex<Option<Value>>,
    broken: Mutex<Option<io::Error>>,
}

impl<'a> Record<'a> {
    pub(super) fn new(
        run: &'a Run<'a>,
        change: &'a Change,
        subject: &'a Subject,
        op: &'a str,
        planned: &'a Value,
    ) -> Self {
        Self { run, change, subject, op, planned, made: Mutex::default(), broken: Mutex::default() }
    }

    /// The object, if there is one.
    pub(super) fn made(&self) -> Option<Value> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Fails when the object could not be put on record.
    pub(super) fn sound(&self) -> Result<(), Trouble> {
        match self.broken.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) => Err(error.into()),
            None => Ok(()),
        }
    }

    /// Puts the object on record: in the journal at once, in the state as one that is not finished.
    pub(super) fn note_made(&self, attributes: &Value, whole: bool) {
        let secret = Change::answered(self.planned, attributes);
        let entry = Entry::Made { op: self.op.to_owned(), attributes: masked(&secret), whole };
        if let Err(error) = self.run.journal.write(&entry) {
            *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        let mut object = self.change.made(self.planned, attributes);
        object.tainted = true;
        let address = &self.change.address;
        self.run.ledger.change(|state| state.put(address, &self.change.provider, object));
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(attributes.clone());
    }
}

impl Progress for Record<'_> {
    fn created(&self, attributes: &Value) {
        self.note_made(attributes, false);
    }

    fn note(&self, text: &str) {
        self.run.caller.tell(self.subject, What::Note(text.to_owned()));
    }
}

/// An update makes nothing new: only its notes are of interest.
pub(super) struct Notes<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) subject: &'a Subject,
}

impl Progress for Notes<'_> {
    fn created(&self, _: &Value) {}

    fn note(&self, text: &str) {
        self.run.caller.tell(self.subject, What::Note(text.to_owned()));
    }
}
