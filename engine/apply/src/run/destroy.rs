//! Deleting an object.

use super::{Run, Trouble};
use crate::call::deletable;
use crate::event::{Doing, What};
use crate::journal::{Entry, Work};
use crate::trouble;
use plan::{Change, FailureKind, Identity};
use stack::Str;
use tokio::time::Instant;

impl Run<'_> {
    pub(super) async fn destroy(&self, change: &Change) -> Result<(), Trouble> {
        let address = &*change.address;
        let aside = self.aside().get(address).cloned();
        let key: Option<Str> = change.deposed.clone().or(aside);
        let object = self.ledger.look(|state| {
            let instance = state.instances.get(address)?;
            match &key {
                None => instance.current.clone(),
                Some(key) => instance.deposed.get(key).cloned(),
            }
        });
        let Some(object) = object else { return Ok(()) };
        let value = object
            .value(address.mode, &address.ty)
            .map_err(|error| Trouble::Failed(trouble(error.to_string())))?;
        let ty = address.ty.as_str();
        let cloud = self.cloud(change)?;
        let mut subject = Self::subject(change, Doing::Delete);
        subject.deposed.clone_from(&key);
        let deadline = Instant::now() + self.budget(&value, "delete");
        let turn = self.groups.turn(ty, &value).await;
        let Some(slot) = self.caller.begin().await else { return Err(Trouble::Interrupted) };
        let intent = self.intent(change, Work::Delete, key.as_ref(), &value);
        let op = intent.op.clone();
        self.journal.write(&Entry::Intent(intent))?;
        self.caller.tell(&subject, What::Started(object.id().map(str::to_owned)));
        let identity = Identity { ty, attributes: &value };
        let call = || cloud.delete(identity);
        let deleted = self.caller.call(Some(slot), &subject, deadline, deletable, call).await;
        drop(turn);
        match deleted {
            Ok(()) => self.until_gone(&subject, cloud, identity, deadline).await?,
            Err(failure) if failure.kind == FailureKind::NotFound => {}
            Err(failure) => {
                // Where the answer was lost the end may have begun: the open intent makes the next run look.
                if failure.kind != FailureKind::Unanswered {
                    self.failed(&op, &failure.message)?;
                }
                return Err(failure.into());
            }
        }
        self.ledger.change(|state| state.remove(address, key.as_ref()));
        self.ledger.save().await?;
        self.done(&op)
    }

    pub(super) async fn forget(&self, change: &Change) -> Result<(), Trouble> {
        let subject = Self::subject(change, Doing::Forget);
        self.caller.tell(&subject, What::Started(None));
        self.ledger.change(|state| state.remove(&change.address, change.deposed.as_ref()));
        Ok(self.ledger.save().await?)
    }
}
