//! Changing an object in place.

use super::progress::Notes;
use super::{Run, Trouble};
use crate::call::{Subject, repeatable};
use crate::event::{Doing, What};
use crate::journal::{Entry, Work};
use plan::{Change, Failure, Identity};
use stack::Value;
use tokio::time::Instant;

impl Run<'_> {
    pub(super) async fn update(&self, change: &Change) -> Result<(), Trouble> {
        let subject = Self::subject(change, Doing::Update);
        let planned = self.last(change)?;
        let Some(before) = &change.before else { return Ok(()) };
        let ty = change.address.ty.as_str();
        let cloud = self.cloud(change)?;
        let deadline = Instant::now() + self.budget(&planned, "update");
        let turn = self.groups.turn(ty, &planned).await;
        let Some(slot) = self.caller.begin().await else { return Err(Trouble::Interrupted) };
        let intent = self.intent(change, Work::Update, None, before);
        let op = intent.op.clone();
        self.journal.write(&Entry::Intent(intent))?;
        let id = before.get("id").and_then(Value::as_str).map(str::to_owned);
        self.caller.tell(&subject, What::Started(id));
        let notes = Notes { run: self, subject: &subject };
        let call = || cloud.update(ty, before, &planned, &notes);
        let updated = self.caller.call(Some(slot), &subject, deadline, repeatable, call).await;
        drop(turn);
        let value = match updated {
            Ok(updated) => updated.attributes,
            Err(failure) => return Err(self.half_updated(change, &subject, &op, failure).await),
        };
        let ready = match self.settle(&subject, change, value, deadline).await {
            Ok(ready) => ready,
            Err(Trouble::Failed(failure)) => {
                return Err(self.half_updated(change, &subject, &op, failure).await);
            }
            Err(other) => return Err(other),
        };
        self.keep(change, change.made(&planned, &ready), ready, &op).await
    }

    /// Records what a failed update left. Where that cannot be read now, the open intent makes the next run read it.
    async fn half_updated(
        &self,
        change: &Change,
        subject: &Subject,
        op: &str,
        failure: Failure,
    ) -> Trouble {
        let Some(before) = &change.before else { return failure.into() };
        let Ok(cloud) = self.cloud(change) else { return failure.into() };
        let identity = Identity { ty: &change.address.ty, attributes: before };
        let deadline = Instant::now() + self.caller.visible_within;
        let call = || cloud.read(identity);
        let read = self.caller.call(None, subject, deadline, repeatable, call).await;
        let Ok(found) = read else { return failure.into() };
        let address = &*change.address;
        self.ledger.change(|state| match found {
            None => state.remove(address, None),
            Some(found) => {
                let object = state.instances.get_mut(address).and_then(|i| i.current.as_mut());
                if let Some(object) = object {
                    object.refresh(before, &found);
                }
            }
        });
        let recorded = match self.ledger.save().await {
            Ok(()) => self.failed(op, &failure.message),
            Err(error) => Err(error.into()),
        };
        recorded.err().unwrap_or_else(|| failure.into())
    }
}
