//! Waiting until an object is ready, or gone. A wait holds no slot.

use super::{Run, Trouble};
use crate::call::{Subject, look_again, repeatable};
use crate::event::What;
use plan::{FailureKind, Identity, Settled};
use stack::Value;
use std::time::Duration;
use tokio::time::{Instant, sleep};

impl Run<'_> {
    /// Waits until the object is ready; the whole object.
    pub(super) async fn settle(
        &self,
        subject: &Subject,
        ty: &str,
        value: Value,
        deadline: Instant,
    ) -> Result<Value, Trouble> {
        let begun = Instant::now();
        let visible = begun + self.caller.visible_within;
        let mut told = String::new();
        loop {
            let result = {
                let _slot = self.caller.pace.enter().await;
                self.provider.settle(Identity { ty, attributes: &value }).await
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
        identity: Identity<'_>,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        let begun = Instant::now();
        loop {
            let result = {
                let _slot = self.caller.pace.enter().await;
                self.provider.gone(identity).await
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

/// Reads a duration as `timeouts` blocks write it: `1h30m`, `90s`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let mut total = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at_checked(digits)?;
        let letters = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(letters)?;
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * seconds;
        rest = tail;
    }
    Duration::try_from_secs_f64(total).ok().filter(|d| !d.is_zero())
}

#[cfg(test)]
mod tests {
    use super::duration;
    use std::time::Duration;

    #[test]
    fn durations_are_those_of_terraform() {
        assert_eq!(duration("1h30m"), Some(Duration::from_mins(90)));
        assert_eq!(duration("90s"), Some(Duration::from_secs(90)));
        assert_eq!(duration("1.5m"), Some(Duration::from_secs(90)));
        for wrong in ["", "10", "m", "1d", "-5s"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }
}
