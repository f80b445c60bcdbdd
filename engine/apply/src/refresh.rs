//! Reading everything that the state holds, as it is now.

use crate::call::{Caller, Subject, repeatable};
use crate::event::{Doing, What};
use crate::{Options, trouble};
use futures_util::stream::{FuturesUnordered, StreamExt};
use plan::{Account, Clouds, Drift, Failure, FailureKind, Identity, Object, Provider, State};
use stack::{Address, Mode, Str, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// What reading came to.
#[derive(Clone, Debug)]
pub struct Refreshed {
    /// The state with every object as it is now; those that are gone are not in it.
    pub state: State,
    /// What changed since it was last seen, by address.
    pub drift: Vec<Drift>,
    /// Objects of types that the provider cannot read: they are taken to be as they were.
    pub unread: Vec<Address>,
}

/// Reads every managed object, in parallel. `Err` holds each read that failed for good.
pub async fn refresh(
    clouds: &dyn Clouds,
    state: &State,
    options: &Options<'_>,
) -> Result<Refreshed, Vec<(Address, Failure)>> {
    let caller = Caller::new(options);
    let mut reads = FuturesUnordered::new();
    let (mut unread, mut failures) = (Vec::new(), Vec::new());
    for (address, deposed, object) in state.objects() {
        if address.mode != Mode::Managed {
            continue;
        }
        let configuration = state.instances.get(address).map_or("", |i| i.provider.as_str());
        match clouds.at(configuration) {
            Ok(provider) if provider.handles(&address.ty) => {
                reads.push(one(&caller, provider, address, deposed, object));
            }
            Err(failure) if failure.kind != FailureKind::Unsupported => {
                failures.push((address.clone(), failure));
            }
            _ => unread.push(address.clone()),
        }
    }
    let mut found = BTreeMap::new();
    while let Some((address, deposed, result)) = reads.next().await {
        match result {
            Ok(read) => drop(found.insert((address, deposed), read)),
            Err(failure) => failures.push((address.clone(), failure)),
        }
    }
    drop(reads);
    if !failures.is_empty() {
        failures.sort_by(|(a, _), (b, _)| a.cmp(b));
        return Err(failures);
    }
    let mut refreshed = Refreshed { state: state.clone(), drift: Vec::new(), unread };
    for ((address, deposed), (before, after)) in found {
        settle(&mut refreshed, address, deposed, before, after);
    }
    Ok(refreshed)
}

type Found<'a> = (&'a Address, Option<&'a Str>, Result<(Value, Option<Value>), Failure>);

async fn one<'a>(
    caller: &Caller,
    provider: &dyn Provider,
    address: &'a Address,
    deposed: Option<&'a Str>,
    object: &Object,
) -> Found<'a> {
    let read = async {
        let before = object.value(address.mode, &address.ty).map_err(|error| {
            trouble(format!("the state's object does not fit its schema: {error}"))
        })?;
        let shared = Arc::new(address.clone());
        let subject =
            Subject { deposed: deposed.cloned(), ..Subject::new(&shared, Doing::Refresh) };
        caller.tell(&subject, What::Started(object.id().map(str::to_owned)));
        let deadline = Instant::now() + Duration::min(caller.patience, Duration::from_mins(5));
        let identity = Identity { ty: &address.ty, attributes: &before };
        let after =
            caller.call(None, &subject, deadline, repeatable, || provider.read(identity)).await?;
        if after.is_none() {
            elsewhere(&before, &provider.account().await?)?;
        }
        caller.tell(&subject, What::Finished(object.id().map(str::to_owned)));
        Ok((before, after))
    };
    (address, deposed, read.await)
}

/// Refuses to take an object for gone that is in another account or region than this run looks in, as its ARN says.
fn elsewhere(object: &Value, now: &Account) -> Result<(), Failure> {
    let arn = object.get("arn").and_then(Value::as_str).unwrap_or_default();
    let mut parts = arn.splitn(6, ':').skip(3);
    let (region, account) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let owned = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    let other = |is: &str, now: &str| !is.is_empty() && is != now;
    let here = !(other(region, &now.region) || owned && other(account, &now.id));
    if here {
        return Ok(());
    }
    let message =
        format!("`{arn}` is not in account {}, {}, where this run looks", now.id, now.region);
    let help = "use the credentials and the region that it was made with";
    Err(Failure { help: Some(help.into()), ..trouble(message) })
}

fn settle(
    refreshed: &mut Refreshed,
    address: &Address,
    deposed: Option<&Str>,
    before: Value,
    after: Option<Value>,
) {
    match &after {
        None => refreshed.state.remove(address, deposed),
        Some(after) => {
            let instance = refreshed.state.instances.get_mut(address);
            let object = instance.and_then(|i| match deposed {
                None => i.current.as_mut(),
                Some(key) => i.deposed.get_mut(key),
            });
            if let Some(object) = object {
                object.refresh(&before, after);
            }
        }
    }
    refreshed.drift.extend(Drift::between(address, deposed, before, after));
}
