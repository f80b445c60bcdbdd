//! Terraform's own provider: `terraform_data`, which lives in the state alone, and `terraform_remote_state`, which reads another stack's
//! outputs. Nobody is asked on its behalf but where that state is.

use crate::failure::internal;
use crate::s3::{S3Settings, S3Store};
use apply::Store;
use plan::{
    Account, Created, Failure, FailureKind, Found, Identity, Pending, Progress, Provider, Quota,
    Settled, State, Token,
};
use stack::{Str, Value};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Terraform's own provider.
#[derive(Debug)]
pub(crate) struct Builtin {
    /// Relative paths of states start here.
    pub(crate) folder: PathBuf,
}

impl Provider for Builtin {
    fn handles(&self, ty: &str) -> bool {
        ty == "terraform_data"
    }

    fn reads(&self, ty: &str) -> bool {
        ty == "terraform_remote_state"
    }

    /// Nobody's.
    fn account(&self) -> Pending<'_, Result<Account, Failure>> {
        let (id, arn, region, partition) = Default::default();
        Box::pin(async { Ok(Account { id, arn, region, partition }) })
    }

    fn read<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Option<Value>, Failure>> {
        Box::pin(async move { Ok(Some(object.attributes.clone())) })
    }

    fn data<'a>(
        &'a self,
        ty: &'a str,
        arguments: &'a Value,
    ) -> Pending<'a, Result<Value, Failure>> {
        Box::pin(async move {
            match ty {
                "terraform_remote_state" => self.remote_state(arguments).await,
                _ => Err(wrong(format!("the data source `{ty}` cannot be read"), None)),
            }
        })
    }

    fn image<'a>(&'a self, image: &'a str) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async move { Err(wrong(format!("nobody can be asked about `{image}`"), None)) })
    }

    fn quota_of(&self, _: &str, _: &Value) -> Option<&'static str> {
        None
    }

    fn quota<'a>(&'a self, name: &'a str) -> Pending<'a, Result<Quota, Failure>> {
        Box::pin(async move { Err(wrong(format!("nobody can be asked about `{name}`"), None)) })
    }

    fn create<'a>(
        &'a self,
        _: &'a str,
        planned: &'a Value,
        token: &'a Token,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        let attributes = whole(planned, Some(token));
        progress.created(&attributes);
        Box::pin(async { Ok(Created { attributes }) })
    }

    /// The id is the token: what was begun is what is there.
    fn find<'a>(
        &'a self,
        _: &'a str,
        planned: &'a Value,
        token: &'a Token,
    ) -> Pending<'a, Result<Option<Found>, Failure>> {
        let attributes = whole(planned, Some(token));
        Box::pin(async { Ok(Some(Found { attributes, whole: true })) })
    }

    fn settle<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Settled, Failure>> {
        Box::pin(async move { Ok(Settled::Ready(object.attributes.clone())) })
    }

    fn update<'a>(
        &'a self,
        _: &'a str,
        _: &'a Value,
        planned: &'a Value,
        _: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async move { Ok(Created { attributes: whole(planned, None) }) })
    }

    fn delete<'a>(&'a self, _: Identity<'a>) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }

    fn gone<'a>(&'a self, _: Identity<'a>) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async { Ok(true) })
    }
}

impl Builtin {
    /// The outputs of another state, over the defaults.
    async fn remote_state(&self, arguments: &Value) -> Result<Value, Failure> {
        let text = |name: &str| arguments.get(name).and_then(Value::as_str);
        let workspace = text("workspace").unwrap_or_default();
        let config = arguments.get("config").into_iter().flat_map(Value::entries);
        let config: BTreeMap<Str, Value> =
            config.map(|(name, value)| (name.clone(), value.clone())).collect();
        let (place, bytes) = match text("backend").unwrap_or_default() {
            "local" => self.local(&config, workspace)?,
            "s3" => {
                let settings = S3Settings::read(&config, workspace)?;
                let store = S3Store::connect(settings, self.folder.join(".terraform")).await?;
                let read = store.read().await;
                (store.place(), read.map_err(|error| wrong(error.to_string(), None))?)
            }
            other => {
                let help = "banana reads states of the backends `local` and `s3`";
                return Err(wrong(format!("backend `{other}` cannot be read"), Some(help)));
            }
        };
        let Some(bytes) = bytes else {
            let help = "apply that stack first, or correct `config`";
            return Err(wrong(format!("there is no state at `{place}`"), Some(help)));
        };
        let state = State::read(&bytes).map_err(|e| wrong(format!("`{place}`: {e}"), None))?;
        let defaults = arguments.get("defaults").into_iter().flat_map(Value::entries);
        let mut outputs: BTreeMap<Str, Value> =
            defaults.map(|(name, value)| (name.clone(), value.clone())).collect();
        for (name, output) in &state.outputs {
            outputs.insert(name.clone(), output.read());
        }
        Ok(with(arguments, [("outputs", Value::object(outputs))]))
    }

    fn local(
        &self,
        config: &BTreeMap<Str, Value>,
        workspace: &str,
    ) -> Result<(String, Option<Vec<u8>>), Failure> {
        let text = |name: &str| config.get(name).and_then(Value::as_str);
        let path = match workspace {
            "" | "default" => PathBuf::from(text("path").unwrap_or("terraform.tfstate")),
            workspace => PathBuf::from(text("workspace_dir").unwrap_or("terraform.tfstate.d"))
                .join(workspace)
                .join("terraform.tfstate"),
        };
        let path = self.folder.join(path);
        let place = path.display().to_string();
        match std::fs::read(&path) {
            Ok(bytes) => Ok((place, Some(bytes))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok((place, None)),
            Err(error) => Err(wrong(format!("`{place}` cannot be read: {error}"), None)),
        }
    }
}

/// A `terraform_data` as it is once made: its output is its input.
fn whole(planned: &Value, token: Option<&Token>) -> Value {
    let id = token.map(|token| ("id", Value::string(token.0.as_str())));
    let output = planned.get("input").map(|input| ("output", input.clone()));
    with(planned, id.into_iter().chain(output))
}

/// An object with other values of some attributes.
fn with<'n>(object: &Value, others: impl IntoIterator<Item = (&'n str, Value)>) -> Value {
    let mut all: BTreeMap<Str, Value> =
        object.entries().map(|(name, value)| (name.clone(), value.clone())).collect();
    all.extend(others.into_iter().map(|(name, value)| (Str::from(name), value)));
    Value::object(all)
}

fn wrong(message: String, help: Option<&str>) -> Failure {
    Failure { kind: FailureKind::Invalid, help: help.map(str::to_owned), ..internal(message) }
}
