//! `import` blocks: objects that exist, taken into the state before planning.

use crate::call::{Caller, Subject, repeatable};
use crate::event::{Doing, What};
use crate::{Options, trouble};
use plan::{Clouds, Failure, Identity, Object, Provider, State};
use stack::{Address, Import, Str, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::time::Instant;

/// The state with what was imported, and the ids by address: what [`plan::Options::imported`] wants. An address that the state has already
/// is left alone, and so is `terraform_data`, which planning imports. With each import goes the provider configuration of its resource. `Err`
/// holds each import that failed.
pub async fn import(
    clouds: &dyn Clouds,
    imports: &[(Import, String)],
    state: &State,
    options: &Options<'_>,
) -> Result<(State, BTreeMap<Address, Str>), Vec<(Address, Failure)>> {
    let caller = Caller::new(options);
    let mut state = state.clone();
    let (mut imported, mut failures) = (BTreeMap::new(), Vec::new());
    let asks =
        |(i, _): &&(Import, _)| i.to.ty != "terraform_data" && state.current(&i.to).is_none();
    for (import, configuration) in imports.iter().filter(asks).collect::<Vec<_>>() {
        let id = import.id.as_ref().and_then(Value::as_str).unwrap_or_default();
        let read = async { read(&caller, clouds.at(configuration)?, &import.to, id).await };
        match read.await {
            Ok(value) => {
                let version = schema_version(&import.to.ty);
                state.put(&import.to, configuration, Object::new(version, &value));
                imported.insert(import.to.clone(), Str::from(id));
            }
            Err(failure) => failures.push((import.to.clone(), failure)),
        }
    }
    if failures.is_empty() { Ok((state, imported)) } else { Err(failures) }
}

fn schema_version(ty: &str) -> u64 {
    plan::shape::version(ty).unwrap_or(0)
}

async fn read(
    caller: &Caller,
    provider: &dyn Provider,
    address: &Address,
    id: &str,
) -> Result<Value, Failure> {
    if id.is_empty() {
        return Err(trouble("`id` must be known when planning".into()));
    }
    let named = plan::imported::named(&address.ty, id);
    let Some(attributes) = named.filter(|_| provider.handles(&address.ty)) else {
        return Err(trouble(format!("`{}` cannot be imported", address.ty)));
    };
    let subject = Subject::new(&Arc::new(address.clone()), Doing::Refresh);
    caller.tell(&subject, What::Started(Some(id.to_owned())));
    let deadline = Instant::now() + caller.patience;
    let identity = Identity { ty: &address.ty, attributes: &attributes };
    let found =
        caller.call(None, &subject, deadline, repeatable, || provider.read(identity)).await?;
    caller.tell(&subject, What::Finished(Some(id.to_owned())));
    found.map(|object| plan::imported::completed(&address.ty, &object)).ok_or_else(|| Failure {
        help: Some("check the id and the region".into()),
        ..trouble(format!("there is no `{}` with id `{id}`", address.ty))
    })
}
