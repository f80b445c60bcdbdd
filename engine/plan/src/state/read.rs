//! Reading a state.

use super::{Instance, Object, State, StoredOutput};
use crate::Pattern;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use stack::{Address, Key, Mode, ModulePath, Str};
use std::collections::BTreeMap;

/// Why a text is no state that banana can work with.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The text ends too early.
    #[error(
        "the state file ends in the middle (line {line}): a write was cut off; restore it from its backup file"
    )]
    Torn {
        /// The last line.
        line: usize,
    },
    /// The text is no JSON, or JSON of another shape.
    #[error("the state file is damaged at line {line}, column {column}: {why}")]
    Damaged {
        /// 1-based line.
        line: usize,
        /// 1-based column.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// Another format version.
    #[error("the state has format version {found}, and banana reads version 4: {help}")]
    Version {
        /// The version found.
        found: u64,
        /// What to do.
        help: &'static str,
    },
    /// A part that makes no sense.
    #[error("the state is damaged: {0}")]
    Shape(String),
}

#[derive(Deserialize)]
struct Version {
    version: u64,
}

#[derive(Deserialize)]
struct RawState {
    #[serde(rename = "version")]
    _version: u64,
    #[serde(default)]
    terraform_version: String,
    serial: u64,
    lineage: String,
    #[serde(default)]
    outputs: BTreeMap<String, RawOutput>,
    #[serde(default)]
    resources: Vec<RawResource>,
    #[serde(default)]
    check_results: Json,
    #[serde(flatten)]
    other: Map<String, Json>,
}

#[derive(Deserialize)]
struct RawOutput {
    value: Json,
    #[serde(rename = "type")]
    ty: Json,
    #[serde(default)]
    sensitive: bool,
}

#[derive(Deserialize)]
struct RawResource {
    #[serde(default)]
    module: String,
    mode: String,
    #[serde(rename = "type")]
    ty: String,
    name: String,
    provider: String,
    instances: Vec<RawInstance>,
}

#[derive(Deserialize)]
struct RawInstance {
    #[serde(default)]
    index_key: Option<Json>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    deposed: String,
    #[serde(default)]
    schema_version: u64,
    attributes: Map<String, Json>,
    #[serde(default)]
    sensitive_attributes: Vec<Json>,
    #[serde(default)]
    private: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
    #[serde(default)]
    create_before_destroy: bool,
    #[serde(flatten)]
    other: Map<String, Json>,
}

impl State {
    /// Reads a state file's bytes. An empty file is an empty state, as Terraform has it.
    pub fn read(bytes: &[u8]) -> Result<Self, StateError> {
        if bytes.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        let Version { version } = serde_json::from_slice(bytes).map_err(|e| broken(&e))?;
        if version != 4 {
            let help = if version < 4 {
                "upgrade it with `terraform apply -refresh-only` of Terraform 1.x first"
            } else {
                "it was written by a newer Terraform"
            };
            return Err(StateError::Version { found: version, help });
        }
        let raw: RawState = serde_json::from_slice(bytes).map_err(|e| broken(&e))?;
        let mut instances = BTreeMap::new();
        for resource in raw.resources {
            read_resource(resource, &mut instances)?;
        }
        let outputs = raw.outputs.into_iter().map(|(name, o)| {
            (Str::from(name), StoredOutput { value: o.value, ty: o.ty, sensitive: o.sensitive })
        });
        Ok(Self {
            terraform_version: raw.terraform_version,
            serial: raw.serial,
            lineage: raw.lineage,
            outputs: outputs.collect(),
            instances,
            check_results: raw.check_results,
            other: raw.other,
        })
    }
}

fn broken(error: &serde_json::Error) -> StateError {
    if error.is_eof() {
        return StateError::Torn { line: error.line() };
    }
    let text = error.to_string();
    let why = text.rsplit_once(" at line ").map_or(text.as_str(), |(why, _)| why).to_owned();
    StateError::Damaged { line: error.line(), column: error.column(), why }
}

fn read_resource(
    resource: RawResource,
    instances: &mut BTreeMap<Address, Instance>,
) -> Result<(), StateError> {
    let mode = match resource.mode.as_str() {
        "managed" => Mode::Managed,
        "data" => Mode::Data,
        other => return Err(StateError::Shape(format!("`{other}` is no resource mode"))),
    };
    let module = read_module(&resource.module)?;
    for raw in resource.instances {
        let key = match &raw.index_key {
            None | Some(Json::Null) => Key::None,
            Some(Json::String(s)) => Key::Str(s.as_str().into()),
            Some(Json::Number(n)) if n.as_u64().is_some() => {
                Key::Int(n.as_u64().unwrap_or_default())
            }
            Some(other) => {
                return Err(StateError::Shape(format!("`{other}` is no instance key")));
            }
        };
        let address = Address {
            module: module.clone(),
            mode,
            ty: resource.ty.as_str().into(),
            name: resource.name.as_str().into(),
            key,
        };
        let tainted = match raw.status.as_str() {
            "" => false,
            "tainted" => true,
            other => {
                return Err(StateError::Shape(format!("`{other}` is no status of `{address}`")));
            }
        };
        let object = Object {
            schema_version: raw.schema_version,
            attributes: raw.attributes,
            sensitive: raw.sensitive_attributes,
            private: raw.private,
            dependencies: raw.dependencies,
            create_before_destroy: raw.create_before_destroy,
            tainted,
            other: raw.other,
        };
        let instance = instances.entry(address.clone()).or_default();
        instance.provider.clone_from(&resource.provider);
        let twice = if raw.deposed.is_empty() {
            instance.current.replace(object).is_some()
        } else {
            instance.deposed.insert(raw.deposed.into(), object).is_some()
        };
        if twice {
            return Err(StateError::Shape(format!("`{address}` stands there twice")));
        }
    }
    Ok(())
}

fn read_module(text: &str) -> Result<ModulePath, StateError> {
    if text.is_empty() {
        return Ok(ModulePath::default());
    }
    match text.parse() {
        Ok(Pattern { module, resource: None }) => Ok(module),
        _ => Err(StateError::Shape(format!("`{text}` is no module address"))),
    }
}
