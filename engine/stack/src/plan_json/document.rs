//! The shape of `terraform show -json`, as far as it is read.
//! <https://developer.hashicorp.com/terraform/internals/json-format>

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A plan, or a state: that has `values` instead.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    #[serde(default)]
    pub(super) errored: bool,
    pub(super) complete: Option<bool>,
    #[serde(default)]
    pub(super) variables: BTreeMap<String, Variable>,
    pub(super) planned_values: Option<Values>,
    pub(super) values: Option<Values>,
    pub(super) prior_state: Option<State>,
    #[serde(default)]
    pub(super) resource_changes: Vec<ResourceChange>,
    #[serde(default)]
    pub(super) configuration: Configuration,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Variable {
    #[serde(default)]
    pub(super) value: Json,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct State {
    pub(super) values: Option<Values>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Values {
    #[serde(default)]
    pub(super) root_module: Module,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Module {
    /// Not said of the root.
    #[serde(default)]
    pub(super) address: String,
    #[serde(default)]
    pub(super) resources: Vec<Instance>,
    #[serde(default)]
    pub(super) child_modules: Vec<Module>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Instance {
    pub(super) address: String,
    pub(super) mode: String,
    #[serde(rename = "type")]
    pub(super) ty: String,
    pub(super) name: String,
    pub(super) index: Option<Json>,
    #[serde(default)]
    pub(super) values: Map<String, Json>,
    #[serde(default)]
    pub(super) sensitive_values: Json,
    /// Of a state only: resources without their keys.
    #[serde(default)]
    pub(super) depends_on: Vec<String>,
    /// An object that waits to be destroyed.
    pub(super) deposed_key: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ResourceChange {
    pub(super) address: String,
    pub(super) deposed: Option<String>,
    pub(super) change: Change,
}

#[derive(Debug, Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    pub(super) after: Json,
    #[serde(default)]
    pub(super) after_unknown: Json,
    #[serde(default)]
    pub(super) after_sensitive: Json,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Configuration {
    #[serde(default)]
    pub(super) provider_config: BTreeMap<String, Provider>,
    #[serde(default)]
    pub(super) root_module: ConfigModule,
}

#[derive(Debug, Deserialize)]
pub(super) struct Provider {
    pub(super) name: String,
    pub(super) alias: Option<String>,
    #[serde(default)]
    pub(super) module_address: String,
    #[serde(default)]
    pub(super) expressions: Map<String, Json>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ConfigModule {
    #[serde(default)]
    pub(super) resources: Vec<ConfigResource>,
    #[serde(default)]
    pub(super) module_calls: BTreeMap<String, ModuleCall>,
    #[serde(default)]
    pub(super) outputs: BTreeMap<String, ConfigOutput>,
    #[serde(default)]
    pub(super) variables: BTreeMap<String, ConfigVariable>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ConfigResource {
    pub(super) mode: String,
    #[serde(rename = "type")]
    pub(super) ty: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) provider_config_key: String,
    #[serde(default)]
    pub(super) expressions: Json,
    #[serde(default)]
    pub(super) count_expression: Json,
    #[serde(default)]
    pub(super) for_each_expression: Json,
    #[serde(default)]
    pub(super) depends_on: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ModuleCall {
    #[serde(default)]
    pub(super) expressions: Map<String, Json>,
    #[serde(default)]
    pub(super) for_each_expression: Json,
    #[serde(default)]
    pub(super) module: ConfigModule,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ConfigOutput {
    #[serde(default)]
    pub(super) expression: Json,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ConfigVariable {
    #[serde(default)]
    pub(super) default: Json,
    #[serde(default)]
    pub(super) sensitive: bool,
}
