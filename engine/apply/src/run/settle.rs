//! Waiting until an object is ready, or gone. A wait holds no slot.

use super::{Run, Trouble};
use crate::call::{Subject, look_again, repeatable};
use crate::event::What;
use plan::{Change, FailureKind, Identity, Provider, Settled};
use stack::Value;
use tokio::time::{Instant, sleep};

impl Run<'_> {
    /// Waits until the object is ready; the whole object.
    pub(super) async fn settle(
        &self,
        subject: &Subject,
        change: &Change,
        value: Value,
        deadline: Instant,
    ) -> Result<Value, Trouble> {
        let ty = change.address.ty.as_str();
        let cloud = self.cloud(change)?;
        let begun = Instant::now();
        let visible = begun + self.caller.visible_within;
        let mut told = String::new();
        loop {
            let result = {
                let _slot = self.caller.pace.enter().await;
                cloud.settle(Identity { ty, attributes: &value }).await
            };
            let waiting = match result {
                Ok(Settled::Ready(ready)) => return Ok(ready),
                Ok(Settled::Waiting(why)) => why,
                Err(failure) if repeatable(failure.kind) => failure.message,
                // A read may be behind what a call has made.
                Err(failure)
                    if failure.kind == FailureKind::NotFound && Instant::now() < visible =>
                {
                    "not visible yet".into()
                }
                Err(failure) => return Err(failure.into()),
            };
            if waiting != told {
                self.caller.tell(subject, What::Note(waiting.clone()));
                told = waiting;
            }
            self.wait(begun, deadline, || format!("not ready: {told}"), subject).await?;
        }
    }

    /// Waits until the object is wholly gone.
    pub(super) async fn until_gone(
        &self,
        subject: &Subject,
        cloud: &dyn Provider,
        identity: Identity<'_>,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        let begun = Instant::now();
        loop {
            let result = {
                let _slot = self.caller.pace.enter().await;
                cloud.gone(identity).await
            };
            match result {
                Ok(true) => return Ok(()),
                Err(failure) if failure.kind == FailureKind::NotFound => return Ok(()),
                Err(failure) if !repeatable(failure.kind) => return Err(failure.into()),
                Ok(false) | Err(_) => {}
            }
            self.wait(begun, deadline, || "still there".into(), subject).await?;
        }
    }

    async fn wait(
        &self,
        begun: Instant,
        deadline: Instant,
        what: impl Fn() -> String,
        subject: &Subject,
    ) -> Result<(), Trouble> {
        let pause = look_again(begun.elapsed());
        if Instant::now() + pause >= deadline {
            return Err(Trouble::Failed(Self::late(&what(), subject)));
        }
        tokio::select! {
            () = sleep(pause) => Ok(()),
            () = self.caller.cancel.cancelled() => Err(Trouble::Interrupted),
        }
    }
}
