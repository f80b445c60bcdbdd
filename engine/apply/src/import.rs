//! `import` blocks: objects that exist, taken into the state before planning.

use crate::call::{Caller, Subject, repeatable};
use crate::event::{Doing, What};
use crate::{Options, trouble};
use plan::{Failure, Identity, Object, Provider, State};
use stack::{Address, Import, Str, Type, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::time::Instant;

/// The state with what was imported, and the ids by address: what [`plan::Options::imported`] wants. An address that the state has already
/// is left alone, and so is `terraform_data`, which planning imports. `Err` holds each import that failed.
pub async fn import(
    provider: &dyn Provider,
    imports: &[Import],
    state: &State,
    options: &Options<'_>,
) -> Result<(State, BTreeMap<Address, Str>), Vec<(Address, Failure)>> {
    let caller = Caller::new(options);
    let mut state = state.clone();
    let (mut imported, mut failures) = (BTreeMap::new(), Vec::new());
    let asks = |i: &&Import| i.to.ty != "terraform_data" && state.current(&i.to).is_none();
    for import in imports.iter().filter(asks).collect::<Vec<_>>() {
        let id = import.id.as_ref().and_then(Value::as_str).unwrap_or_default();
        match read(&caller, provider, &import.to, id).await {
            Ok(value) => {
                let version = schema_version(&import.to.ty);
                state.put(&import.to, "", Object::new(version, &value));
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

/// An object of which nothing is known but its id: what a read needs to find it. `None` for a type without a schema.
pub(crate) fn by_id(ty: &str, id: &str) -> Option<Value> {
    let Some(Type::Object(shape)) = plan::shape::of_type(ty) else { return None };
    let parts = shape.attributes.iter().map(|(name, ty)| match name.as_str() {
        "id" => (name.clone(), Value::string(id)),
        _ => (name.clone(), Value::null(ty.clone())),
    });
    Some(Value::object(parts))
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
    let Some(attributes) = by_id(&address.ty, id).filter(|_| provider.handles(&address.ty)) else {
        return Err(trouble(format!("`{}` cannot be imported", address.ty)));
    };
    let subject = Subject::new(&Arc::new(address.clone()), Doing::Refresh);
    caller.tell(&subject, What::Started(Some(id.to_owned())));
    let deadline = Instant::now() + caller.patience;
    let identity = Identity { ty: &address.ty, attributes: &attributes };
    let found =
        caller.call(None, &subject, deadline, repeatable, || provider.read(identity)).await?;
    caller.tell(&subject, What::Finished(Some(id.to_owned())));
    found.ok_or_else(|| Failure {
        help: Some("check the id and the region".into()),
        ..trouble(format!("there is no `{}` with id `{id}`", address.ty))
    })
}
