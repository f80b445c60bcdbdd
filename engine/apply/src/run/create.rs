//! Making an object: never twice, never unrecorded.

use super::progress::Record;
use super::{Run, Trouble};
use crate::call::{Subject, given_up, harmless, pause, repeatable};
use crate::event::{Doing, What};
use crate::journal::{Entry, Work};
use crate::trouble;
use plan::{Change, Failure, FailureKind, Found, Identity, Object, Pending, Token};
use stack::{Str, Value};
use tokio::time::{Instant, sleep};

/// How often an object that came to be only by half is deleted and made anew.
const ROUNDS: u32 = 3;

/// What one round of making an object came to.
enum Round {
    /// It is made; the token of its intent.
    Made(Value, String),
    /// It was made by half: this much of it is known.
    Half(Value, String, Failure),
}

impl Run<'_> {
    pub(super) async fn create(&self, change: &Change) -> Result<(), Trouble> {
        let key = self.set_aside(change).await?;
        let subject = Self::subject(change, Doing::Create);
        let result = self.create_object(change, &subject).await;
        if result.is_err()
            && let Some(key) = key
        {
            // Nothing took its place: the old object is in force again.
            let address = &*change.address;
            self.ledger.change(|state| state.restore(address, &key));
            self.aside().remove(address);
            self.ledger.save().await?;
        }
        result
    }

    /// Sets the old object aside when it is still there: the new one comes first.
    async fn set_aside(&self, change: &Change) -> Result<Option<Str>, Trouble> {
        let address = &*change.address;
        if self.ledger.look(|state| state.current(address).is_none()) {
            return Ok(None);
        }
        let key: String =
            self.operation().chars().filter(char::is_ascii_hexdigit).take(8).collect();
        let key = Str::from(key);
        self.ledger.change(|state| state.depose(address, key.clone()));
        self.aside().insert(address.clone(), key.clone());
        self.ledger.save().await?;
        Ok(Some(key))
    }

    async fn create_object(&self, change: &Change, subject: &Subject) -> Result<(), Trouble> {
        let planned = self.last(change)?;
        let deadline = Instant::now() + self.budget(&planned, "create");
        let mut round = 1;
        let (value, op) = loop {
            match self.round(change, subject, &planned, deadline, round).await? {
                Round::Made(value, op) => break (value, op),
                Round::Half(value, op, failure) => {
                    if round == ROUNDS
                        || self.caller.cancel.is_cancelled()
                        || !self.shows(subject, change, &value).await?
                    {
                        self.leave(subject, change, &value, &op, &failure.message).await?;
                        return Err(failure.into());
                    }
                    self.caller
                        .tell(subject, What::Note("half made: deleting it to make it anew".into()));
                    self.end(subject, change, &value, deadline).await?;
                    self.ledger.change(|state| state.remove(&change.address, None));
                    self.ledger.save().await?;
                    self.failed(&op, &failure.message)?;
                    round += 1;
                }
            }
        };
        let ready = match self.settle(subject, change, value.clone(), deadline).await {
            Ok(ready) => ready,
            // It exists and is not ready yet: the open intent says so.
            Err(Trouble::Interrupted) => return Err(Trouble::Interrupted),
            Err(other) => {
                self.leave(subject, change, &value, &op, "it did not become ready").await?;
                return Err(other);
            }
        };
        self.keep(change, change.made(&planned, &ready), ready, &op).await?;
        Ok(())
    }

    /// Gives up on an object that exists and is not whole: the state has it as tainted. Its intent is closed only when a read sees it, since a
    /// refresh would take what is not visible yet for gone; the next run looks into an open one.
    async fn leave(
        &self,
        subject: &Subject,
        change: &Change,
        value: &Value,
        op: &str,
        message: &str,
    ) -> Result<(), Trouble> {
        self.ledger.save().await?;
        let identity = Identity { ty: &change.address.ty, attributes: value };
        let deadline = Instant::now() + self.caller.visible_within;
        let cloud = self.cloud(change)?;
        let call = || cloud.read(identity);
        let read = self.caller.call(None, subject, deadline, repeatable, call).await;
        if matches!(read, Ok(Some(_))) { self.failed(op, message) } else { Ok(()) }
    }

    /// Waits until reads see an object that was just made; false when they do not in time. What nobody sees cannot be deleted: AWS says that it
    /// is not there, which sounds like success.
    async fn shows(
        &self,
        subject: &Subject,
        change: &Change,
        value: &Value,
    ) -> Result<bool, Trouble> {
        let identity = Identity { ty: &change.address.ty, attributes: value };
        let cloud = self.cloud(change)?;
        Ok(self.visible(subject, || cloud.read(identity)).await?.is_some())
    }

    /// Puts the finished object into the state, then closes its intent.
    pub(super) async fn keep(
        &self,
        change: &Change,
        object: Object,
        value: Value,
        op: &str,
    ) -> Result<(), Trouble> {
        self.ledger.change(|state| state.put(&change.address, &change.provider, object));
        self.ledger.save().await?;
        self.done(op)?;
        self.know(&change.address, value);
        Ok(())
    }

    /// Makes the object under an intent of its own.
    async fn round(
        &self,
        change: &Change,
        subject: &Subject,
        planned: &Value,
        deadline: Instant,
        round: u32,
    ) -> Result<Round, Trouble> {
        let ty = change.address.ty.as_str();
        let cloud = self.cloud(change)?;
        let intent = self.intent(change, Work::Create, None, planned);
        let op = intent.op.clone();
        let token = Token(op.clone());
        let record = Record::new(self, change, subject, &op, planned);
        let mut intent = Some(intent);
        let (mut attempt, mut unsure) = (0, false);
        loop {
            let turn = self.groups.turn(ty, planned).await;
            let Some(slot) = self.caller.begin().await else {
                if intent.is_none() && !unsure {
                    self.failed(&op, "interrupted before anything was made")?;
                }
                return Err(Trouble::Interrupted);
            };
            if let Some(intent) = intent.take() {
                self.journal.write(&Entry::Intent(intent))?;
                if round == 1 {
                    self.caller.tell(subject, What::Started(None));
                }
            }
            let result = cloud.create(ty, planned, &token, &record).await;
            drop((slot, turn));
            record.sound()?;
            let failure = match result {
                Ok(created) => {
                    record.note_made(&created.attributes, true);
                    record.sound()?;
                    self.ledger.save().await?;
                    return Ok(Round::Made(created.attributes, op));
                }
                Err(failure) => failure,
            };
            if let Some(half) = record.made() {
                if repeatable(failure.kind) {
                    return Ok(Round::Half(half, op, failure));
                }
                self.leave(subject, change, &half, &op, &failure.message).await?;
                return Err(failure.into());
            }
            unsure |= failure.kind == FailureKind::Unanswered;
            // What a call without an answer may have made is looked for before the call is made again.
            let find = || cloud.find(ty, planned, &token);
            if unsure
                && matches!(failure.kind, FailureKind::Unanswered | FailureKind::Exists)
                && let Some(found) = self.visible(subject, find).await?
            {
                let Found { attributes, whole } = found;
                record.note_made(&attributes, whole);
                record.sound()?;
                self.ledger.save().await?;
                return Ok(if whole {
                    Round::Made(attributes, op)
                } else {
                    Round::Half(attributes, op, failure)
                });
            }
            let wait = pause(attempt);
            attempt += 1;
            let again = harmless(failure.kind) || failure.kind == FailureKind::Unanswered;
            if !again || Instant::now() + wait >= deadline {
                // Where an answer was lost the intent stays open: the next run looks once more.
                if !unsure {
                    self.failed(&op, &failure.message)?;
                }
                let failure = if again {
                    given_up(failure, attempt, subject.begun.elapsed())
                } else {
                    failure
                };
                return Err(failure.into());
            }
            self.caller.before_again(subject, &failure, attempt, wait);
            tokio::select! {
                () = sleep(wait) => {}
                () = self.caller.cancel.cancelled() => {}
            }
        }
    }

    /// Asks until what a call has made is visible; a run that is to stop does not wait for it.
    async fn visible<'f, T>(
        &self,
        subject: &Subject,
        make: impl Fn() -> Pending<'f, Result<Option<T>, Failure>>,
    ) -> Result<Option<T>, Trouble> {
        let asked = self.caller.visible(subject, make).await;
        let stops = self.caller.cancel.is_cancelled();
        asked.map_err(|failure| if stops { Trouble::Interrupted } else { failure.into() })
    }

    /// Deletes an object for good.
    pub(super) async fn end(
        &self,
        subject: &Subject,
        change: &Change,
        value: &Value,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        let ty = change.address.ty.as_str();
        let identity = Identity { ty, attributes: value };
        let turn = self.groups.turn(ty, value).await;
        let cloud = self.cloud(change)?;
        let call = || cloud.delete(identity);
        match self.caller.call(None, subject, deadline, crate::call::deletable, call).await {
            Ok(()) => {}
            Err(failure) if failure.kind == FailureKind::NotFound => return Ok(()),
            Err(failure) => return Err(failure.into()),
        }
        drop(turn);
        self.until_gone(subject, cloud, identity, deadline).await
    }

    /// A failure to say that something is not ready in time.
    pub(super) fn late(what: &str, subject: &Subject) -> Failure {
        let time = crate::call::shown(subject.begun.elapsed());
        let help = "give it longer with a `timeouts` block, or look at it in the AWS console";
        Failure { help: Some(help.into()), ..trouble(format!("{what} after {time}")) }
    }
}
