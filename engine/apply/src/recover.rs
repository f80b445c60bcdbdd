//! After a crash: each operation that was begun and has no end on record is looked into, and the state is told what is.

use crate::call::{Caller, Subject, pause, repeatable};
use crate::event::{Doing, What};
use crate::journal::{Entry, Intent, Made, Place, Work};
use crate::ledger::Ledger;
use crate::{Options, Session, StoreError, trouble};
use futures_util::stream::{FuturesUnordered, StreamExt};
use plan::{Clouds, Failure, FailureKind, Identity, Object, Pattern, Provider, Settled, Token};
use serde_json::Value as Json;
use stack::{Address, Str, Type, Value};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What looking into one operation came to.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// The instance.
    pub address: Address,
    /// The key of a deposed object.
    pub deposed: Option<Str>,
    /// What was found.
    pub recovery: Recovery,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Recovery {
    /// The create had made the object, and it is whole: it is in the state now.
    Adopted,
    /// The create had made the object, perhaps by half: it is in the state, tainted, and the next plan makes it anew.
    Tainted,
    /// The create had made nothing.
    NothingMade,
    /// The update may have had its effect: the state has the object as it is.
    Refreshed,
    /// The deletion had its effect.
    Deleted,
    /// The deletion did not come to its end: the object is in the state, tainted unless it is as good as ever.
    StillThere,
}

impl Session {
    /// Looks into everything that an earlier run left without an end. `Err` names the first thing that could not be looked into; the rest is done,
    /// and calling again is safe.
    pub async fn recover(
        &mut self,
        clouds: &dyn Clouds,
        options: &Options<'_>,
    ) -> Result<Vec<Recovered>, (Address, Failure)> {
        for (intent, _) in &self.open.intents {
            let refused = self.elsewhere(clouds, &intent.provider).await;
            refused.map_err(|failure| (named(&intent.address), failure))?;
        }
        let ledger = Ledger::new(Arc::clone(&self.store), self.state.clone());
        let caller = Caller::new(options);
        let mut all = FuturesUnordered::new();
        for (intent, made) in &self.open.intents {
            let provider = clouds.at(&intent.provider);
            let provider = provider.map_err(|failure| (named(&intent.address), failure))?;
            let inspector = Inspector { session: self, ledger: &ledger, caller: &caller, provider };
            all.push(inspector.one(intent, made.as_ref()));
        }
        let mut recovered = Vec::new();
        let mut failures = Vec::new();
        while let Some(result) = all.next().await {
            match result {
                Ok(one) => recovered.push(one),
                Err(failure) => failures.push(failure),
            }
        }
        drop(all);
        self.state = ledger.state();
        self.open = self.journal.unfinished();
        recovered.sort_by(|a, b| (&a.address, &a.deposed).cmp(&(&b.address, &b.deposed)));
        failures.sort_by(|(a, _), (b, _)| a.cmp(b));
        failures.into_iter().next().map_or(Ok(recovered), Err)
    }

    /// Refuses to look where the interrupted run did not work: what it made is not found there, and would be given up.
    async fn elsewhere(&self, clouds: &dyn Clouds, configuration: &str) -> Result<(), Failure> {
        let place = self.open.others.get(configuration).or(self.open.place.as_ref());
        let Some(Place { account, region }) = place else { return Ok(()) };
        let now = clouds.at(configuration)?.account().await?;
        if (account, region) == (&now.id, &now.region) {
            return Ok(());
        }
        let message = format!(
            "the interrupted run worked in account {account}, {region}, and this one works in account {}, {}",
            now.id, now.region
        );
        let help = "resume it with the credentials and the region that it had";
        Err(Failure { help: Some(help.into()), ..trouble(message) })
    }
}

struct Inspector<'a> {
    session: &'a Session,
    ledger: &'a Ledger,
    caller: &'a Caller,
    provider: &'a dyn Provider,
}

impl Inspector<'_> {
    async fn one(
        self,
        intent: &Intent,
        made: Option<&Made>,
    ) -> Result<Recovered, (Address, Failure)> {
        let Some(address) = parsed(&intent.address) else {
            let failure = trouble("the journal names no address".into());
            return Err((named(&intent.address), failure));
        };
        let deposed = intent.deposed.as_deref().map(Str::from);
        let subject = Subject {
            deposed: deposed.clone(),
            ..Subject::new(&Arc::new(address.clone()), Doing::Recover)
        };
        self.caller.tell(&subject, What::Started(None));
        let work = async {
            let recovery = match intent.work {
                Work::Create => self.create(&subject, &address, intent, made).await?,
                Work::Update => self.update(&subject, &address, intent).await?,
                Work::Delete => self.delete(&subject, &address, deposed.as_ref(), intent).await?,
            };
            self.ledger.save().await.map_err(|error: StoreError| trouble(error.to_string()))?;
            let done = Entry::Done { op: intent.op.clone() };
            self.session.journal.write(&done).map_err(|error| trouble(error.to_string()))?;
            Ok::<_, Failure>(recovery)
        };
        match work.await {
            Ok(recovery) => {
                self.caller.tell(&subject, What::Finished(None));
                Ok(Recovered { address, deposed, recovery })
            }
            Err(failure) => {
                self.caller.tell(&subject, What::Failed(failure.clone()));
                Err((address, failure))
            }
        }
    }

    async fn create(
        &self,
        subject: &Subject,
        address: &Address,
        intent: &Intent,
        made: Option<&Made>,
    ) -> Result<Recovery, Failure> {
        let ty = address.ty.as_str();
        let planned = value(ty, &intent.object)?;
        let token = Token(intent.op.clone());
        let find = || self.provider.find(ty, &planned, &token);
        // The journal has no secrets to finish an object with.
        let has_secrets = !intent.sensitive.is_empty();
        let (known, whole) = match made {
            Some(made) if made.whole => (Some(value(ty, &made.attributes)?), true),
            Some(made) => match self.call(subject, find).await? {
                Some(found) => (Some(found.attributes), found.whole && !has_secrets),
                None => (Some(value(ty, &made.attributes)?), false),
            },
            None => match self.caller.visible(subject, find).await? {
                Some(found) => (Some(found.attributes), found.whole && !has_secrets),
                None => (None, false),
            },
        };
        let read = match &known {
            Some(known) => {
                let identity = Identity { ty, attributes: known };
                self.caller.visible(subject, || self.provider.read(identity)).await?
            }
            None => None,
        };
        let Some(found) = read else {
            self.forget(address, known.as_ref());
            return Ok(Recovery::NothingMade);
        };
        let (value, tainted) = match self.settle(subject, ty, found.clone()).await? {
            Some(ready) if whole => (ready, false),
            Some(ready) => (ready, true),
            None => (found, true),
        };
        self.adopt(address, intent, &value, tainted);
        Ok(if tainted { Recovery::Tainted } else { Recovery::Adopted })
    }

    /// Puts what a create had made into the state. Where another object is in force meanwhile it waits aside for its end.
    fn adopt(&self, address: &Address, intent: &Intent, value: &Value, tainted: bool) {
        let mut object = Object::new(intent.schema_version, value);
        object.dependencies.clone_from(&intent.dependencies);
        object.create_before_destroy = intent.create_before_destroy;
        object.tainted = tainted;
        object.sensitive.clone_from(&intent.sensitive);
        self.ledger.change(|state| {
            let other = state.current(address).is_some_and(|o| o.id() != object.id());
            if other {
                let key: String =
                    intent.op.chars().filter(char::is_ascii_hexdigit).take(8).collect();
                let instance = state.instances.entry(address.clone()).or_default();
                instance.deposed.insert(key.into(), object);
            } else {
                state.put(address, &intent.provider, object);
            }
        });
    }

    /// Drops what the state holds of an object that does not exist.
    fn forget(&self, address: &Address, known: Option<&Value>) {
        let id = known.and_then(|k| k.get("id")).and_then(Value::as_str);
        self.ledger.change(|state| {
            if state.current(address).is_some_and(|o| o.tainted && o.id() == id) {
                state.remove(address, None);
            }
        });
    }

    async fn update(
        &self,
        subject: &Subject,
        address: &Address,
        intent: &Intent,
    ) -> Result<Recovery, Failure> {
        let before = match self.ledger.look(|s| s.current(address).cloned()) {
            Some(object) => object
                .value(address.mode, &address.ty)
                .map_err(|error| trouble(error.to_string()))?,
            None => value(&address.ty, &intent.object)?,
        };
        let identity = Identity { ty: &address.ty, attributes: &before };
        let mut found = self.call(subject, || self.provider.read(identity)).await?;
        // What the interrupted run waited for, a rollout say, is waited for here.
        if let Some(changed) = &found {
            found = self.settle(subject, &address.ty, changed.clone()).await?.or(found);
        }
        self.ledger.change(|state| match found {
            None => state.remove(address, None),
            Some(found) => {
                let object = state.instances.get_mut(address).and_then(|i| i.current.as_mut());
                if let Some(object) = object {
                    object.refresh(&before, &found);
                }
            }
        });
        Ok(Recovery::Refreshed)
    }

    async fn delete(
        &self,
        subject: &Subject,
        address: &Address,
        deposed: Option<&Str>,
        intent: &Intent,
    ) -> Result<Recovery, Failure> {
        let ty = address.ty.as_str();
        let doomed = value(ty, &intent.object)?;
        let identity = Identity { ty, attributes: &doomed };
        let gone = self.call(subject, || self.provider.read(identity)).await?.is_none()
            && self.ends(subject, identity).await?;
        let settled = self.call(subject, || self.provider.settle(identity));
        let ready = !gone && matches!(settled.await, Ok(Settled::Ready(_)));
        let id = doomed.get("id").and_then(Value::as_str).map(str::to_owned);
        self.ledger.change(|state| {
            let instance = state.instances.get_mut(address);
            let object = instance.and_then(|i| match deposed {
                None => i.current.as_mut(),
                Some(key) => i.deposed.get_mut(key),
            });
            let Some(object) = object.filter(|o| o.id().map(str::to_owned) == id) else { return };
            if gone {
                state.remove(address, deposed);
            } else {
                // Unless its end never began, the next plan must not count on it.
                object.tainted |= !ready;
            }
        });
        Ok(if gone { Recovery::Deleted } else { Recovery::StillThere })
    }

    /// Waits for what is on its way out; false when it does not go.
    async fn ends(&self, subject: &Subject, identity: Identity<'_>) -> Result<bool, Failure> {
        let deadline = Instant::now() + self.caller.patience;
        for attempt in 0.. {
            if self.call(subject, || self.provider.gone(identity)).await? {
                return Ok(true);
            }
            if Instant::now() + pause(attempt) >= deadline {
                break;
            }
            self.rest(pause(attempt)).await?;
        }
        Ok(false)
    }

    /// Waits, unless the run is asked to stop.
    async fn rest(&self, time: Duration) -> Result<(), Failure> {
        tokio::select! {
            () = sleep(time) => Ok(()),
            () = self.caller.cancel.cancelled() => Err(trouble("interrupted".into())),
        }
    }

    async fn call<'f, T>(
        &self,
        subject: &Subject,
        make: impl Fn() -> plan::Pending<'f, Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let deadline = Instant::now() + self.caller.patience;
        self.caller.call(None, subject, deadline, repeatable, make).await
    }

    /// The object once it is ready; `None` when it never will be.
    async fn settle(
        &self,
        subject: &Subject,
        ty: &str,
        value: Value,
    ) -> Result<Option<Value>, Failure> {
        let deadline = Instant::now() + self.caller.patience;
        for attempt in 0.. {
            let identity = Identity { ty, attributes: &value };
            match self.call(subject, || self.provider.settle(identity)).await {
                Ok(Settled::Ready(ready)) => return Ok(Some(ready)),
                Ok(Settled::Waiting(why)) => self.caller.tell(subject, What::Note(why)),
                Err(failure)
                    if matches!(failure.kind, FailureKind::Credentials | FailureKind::Denied) =>
                {
                    return Err(failure);
                }
                Err(failure) if repeatable(failure.kind) => return Err(failure),
                Err(_) => return Ok(None),
            }
            if Instant::now() + pause(attempt) >= deadline {
                return Ok(None);
            }
            self.rest(pause(attempt)).await?;
        }
        Ok(None)
    }
}

/// The journal's JSON as a value of the type's schema.
fn value(ty: &str, json: &Json) -> Result<Value, Failure> {
    let shape = plan::shape::of_type(ty).unwrap_or(Type::Dynamic);
    Value::from_json(&shape, json)
        .map_err(|e| trouble(format!("the journal's object does not fit `{ty}`: {e}")))
}

fn parsed(text: &str) -> Option<Address> {
    text.parse::<Pattern>().ok()?.instance()
}

/// The address that a text names, or one to stand for it in an error about a text that names none.
fn named(text: &str) -> Address {
    parsed(text).unwrap_or_else(|| Address {
        module: stack::ModulePath::default(),
        mode: stack::Mode::Managed,
        ty: text.into(),
        name: Str::new(),
        key: stack::Key::None,
    })
}
