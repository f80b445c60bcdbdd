//! Data sources while planning: purely where that is possible, else asked of AWS.

use crate::call::{Caller, Subject, repeatable};
use crate::event::Doing;
use crate::{Options, trouble};
use plan::{Clouds, Failure, FailureKind};
use stack::{Address, ProviderConfig, Value, World};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::Instant;

/// A world that reads data sources live. Resolving is not asynchronous, so it must run on a thread that is no runtime's own.
pub struct Live<'a> {
    clouds: &'a dyn Clouds,
    runtime: Handle,
    caller: Caller,
    pure: &'a dyn World,
    failures: Mutex<Vec<(Address, Failure)>>,
    seen: Mutex<Vec<(Address, Value, Value)>>,
}

impl fmt::Debug for Live<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Live")
    }
}

impl<'a> Live<'a> {
    /// Asks `options.world` first, then AWS, on this runtime.
    pub fn new(clouds: &'a dyn Clouds, runtime: Handle, options: &'a Options<'a>) -> Self {
        Self {
            clouds,
            runtime,
            caller: Caller::new(options),
            pure: options.world,
            failures: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    async fn read(
        &self,
        address: &Address,
        config: &Value,
        provider: &ProviderConfig,
    ) -> Result<Value, Failure> {
        let named = plan::configuration(address.mode, &address.ty, Some(provider));
        let cloud = self.clouds.at(&named.unwrap_or_default())?;
        let subject = Subject::new(&Arc::new(address.clone()), Doing::Read);
        let deadline = Instant::now() + self.caller.patience.min(Duration::from_mins(5));
        let call = || cloud.data(&address.ty, config);
        self.caller.call(None, &subject, deadline, repeatable, call).await
    }

    /// The reads that failed, by address: what they were to answer is unknown in the resolved stack.
    pub fn failures(self) -> Vec<(Address, Failure)> {
        let mut all = self.failures.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all.dedup_by(|(a, _), (b, _)| a == b);
        all
    }
}

impl World for Live<'_> {
    fn known(&self, address: &Address) -> Option<Value> {
        self.pure.known(address)
    }

    fn data(&self, address: &Address, config: &Value, provider: &ProviderConfig) -> Option<Value> {
        // Some answers have a part that only AWS knows: the account of `aws_caller_identity`.
        let pure = self.pure.data(address, config, provider);
        if !config.is_wholly_known() || pure.as_ref().is_some_and(Value::is_wholly_known) {
            return pure;
        }
        let seen = |seen: &Vec<(Address, Value, Value)>| {
            let found = seen.iter().find(|(a, c, _)| a == address && c == config);
            found.map(|(_, _, answer)| answer.clone())
        };
        if let Some(answer) = seen(&self.seen.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Some(answer);
        }
        let result = match Handle::try_current() {
            Ok(_) => {
                Err(trouble("a data source cannot be read from a runtime's own thread".into()))
            }
            Err(_) => self.runtime.block_on(self.read(address, config, provider)),
        };
        match result {
            Ok(answer) => {
                let row = (address.clone(), config.clone(), answer.clone());
                self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(row);
                Some(answer)
            }
            Err(failure) if failure.kind == FailureKind::Unsupported && pure.is_some() => pure,
            Err(failure) => {
                let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
                failures.push((address.clone(), failure));
                None
            }
        }
    }
}
