//! Which provider configuration an instance has, and the region that it names.

use super::document::{ConfigResource, Configuration, Instance, Variable};
use super::path;
use crate::{Address, ModulePath, ProviderConfig, Str, Type, Value};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The provider configurations in use.
pub(super) struct Providers<'r> {
    configuration: &'r Configuration,
    variables: &'r BTreeMap<String, Variable>,
    found: &'r [(Arc<Address>, Instance)],
    /// By the configuration's key and the region.
    made: BTreeMap<(String, Option<String>), usize>,
    all: Vec<ProviderConfig>,
}

impl<'r> Providers<'r> {
    pub(super) fn new(
        configuration: &'r Configuration,
        variables: &'r BTreeMap<String, Variable>,
        found: &'r [(Arc<Address>, Instance)],
    ) -> Self {
        Self { configuration, variables, found, made: BTreeMap::new(), all: Vec::new() }
    }

    /// All of them.
    pub(super) fn all(self) -> Vec<ProviderConfig> {
        self.all
    }

    /// The one of an instance. Since its version 6, the AWS provider takes a `region` for each resource.
    pub(super) fn of(
        &mut self,
        address: &Address,
        declared: Option<&ConfigResource>,
        instance: &Instance,
    ) -> usize {
        let key = declared.map(|declared| declared.provider_config_key.as_str());
        let known = |key: &&str| self.configuration.provider_config.contains_key(*key);
        let local = address.ty.split('_').next().unwrap_or_default();
        // A module's own key stands for the configuration that it was handed.
        let key = key.filter(known).unwrap_or(local).to_owned();
        let own = instance.values.get("region").and_then(Json::as_str).map(str::to_owned);
        let has_region = schema::resource(&address.ty)
            .is_some_and(|schema| schema.body.attribute("region").is_some());
        let own = own.filter(|_| local == "aws" && !has_region);
        if let Some(at) = self.made.get(&(key.clone(), own.clone())) {
            return *at;
        }
        let config = self.configuration.provider_config.get(&key);
        let region = own.clone().or_else(|| self.region(&key)).filter(|_| local == "aws");
        let region = region.map_or_else(|| Value::null(Type::String), Value::string);
        let module = config.and_then(|config| path::module(&config.module_address));
        let name: Str = config.map_or(local, |config| config.name.as_str()).into();
        self.all.push(ProviderConfig {
            name,
            source: None,
            alias: config.and_then(|config| config.alias.as_deref()).map(Str::from),
            module: module.unwrap_or_default(),
            value: Value::object([("region", region)]),
            header: None,
        });
        let at = self.all.len() - 1;
        self.made.insert((key, own), at);
        at
    }

    /// What the configuration says, or else what the instances tell: their ARNs, and the data source that asks for it.
    fn region(&self, key: &str) -> Option<String> {
        let config = self.configuration.provider_config.get(key);
        let said = config.and_then(|config| {
            let module = path::module(&config.module_address)?;
            self.text(config.expressions.get("region")?, &module)
        });
        said.or_else(|| self.told(key))
    }

    /// The text that an expression comes to, as far as constants and variables of the root make it.
    fn text(&self, expression: &Json, module: &ModulePath) -> Option<String> {
        if let Some(text) = expression.get("constant_value") {
            return text.as_str().map(str::to_owned);
        }
        let references = expression.get("references")?.as_array()?;
        let [only] = references.as_slice() else { return None };
        let name = only.as_str()?.strip_prefix("var.")?;
        if let Some((last, outer)) = module.0.split_last() {
            let outer = ModulePath(outer.to_vec());
            let around = super::references::config(self.configuration, &outer)?;
            let said = around.module_calls.get(last.name.as_str())?.expressions.get(name)?;
            return self.text(said, &outer);
        }
        let value = self.variables.get(name).map(|variable| &variable.value);
        let default = || Some(&self.configuration.root_module.variables.get(name)?.default);
        value.filter(|value| !value.is_null()).or_else(default)?.as_str().map(str::to_owned)
    }

    fn told(&self, key: &str) -> Option<String> {
        let of_key = |address: &Address| {
            let module = super::references::config(self.configuration, &address.module);
            let declared = module.and_then(|module| {
                let same = |r: &&ConfigResource| {
                    r.ty == address.ty.as_str() && r.name == address.name.as_str()
                };
                module.resources.iter().find(same)
            });
            declared.is_none_or(|declared| declared.provider_config_key == key)
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, instance) in self.found.iter().filter(|(address, _)| of_key(address)) {
            if let Some(region) = told_by(instance) {
                *counts.entry(region).or_default() += 1;
            }
        }
        let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
        most.map(|(region, _)| region.to_owned())
    }
}

/// The region that an instance's values name.
fn told_by(instance: &Instance) -> Option<&str> {
    let values: &Map<String, Json> = &instance.values;
    let text = |name: &str| values.get(name).and_then(Json::as_str);
    if instance.ty == "aws_region" {
        return text("region").or_else(|| text("name"));
    }
    let mut parts = text("arn")?.split(':');
    let (Some("arn"), Some(region)) = (parts.next(), parts.nth(2)) else { return None };
    (!region.is_empty()).then_some(region)
}
