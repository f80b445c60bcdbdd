//! Provider configurations: which one a resource uses, and what it says.

use super::Resolver;
use super::node::ModuleId;
use crate::load::{ProviderName, Resource};
use crate::resolved::is_aws;
use crate::{Kind, Origin, Str, Type, Value, shape};
use std::sync::Arc;
use syntax::Report;

/// Where a provider configuration is declared, and its place in that module's table.
pub(super) type Owner = (ModuleId, usize);

impl Resolver<'_> {
    /// The configuration that a resource uses; `None` when nothing declares it. Then its name, as the outermost module that
    /// is asked for it calls it, and that module.
    pub(super) fn provider_of(
        &self,
        module: ModuleId,
        resource: &Resource,
    ) -> (Option<Owner>, ProviderName, ModuleId) {
        let implied = Resource::implied_provider(&resource.ty);
        let name = resource.provider.as_ref().map(|(name, _)| name.clone());
        let name = name.unwrap_or_else(|| ProviderName { local: implied.into(), alias: None });
        self.find_provider(module, name)
    }

    /// Looks for a configuration by name: in the module itself, then, through `providers = { … }` or by inheritance, outside.
    pub(super) fn find_provider(
        &self,
        mut module: ModuleId,
        mut name: ProviderName,
    ) -> (Option<Owner>, ProviderName, ModuleId) {
        loop {
            let found = self.config(module).and_then(|c| c.providers.get_index_of(&name));
            if let Some(at) = found {
                return (Some((module, at)), name, module);
            }
            let Some(parent) = self.module(module).and_then(|m| m.parent) else {
                return (None, name, module);
            };
            let passed = self.call_of(module).and_then(|(_, call)| call.providers.as_ref());
            let outer = passed.and_then(|list| list.iter().find(|(inner, _, _)| *inner == name));
            match outer {
                Some((_, outer, _)) => name = outer.clone(),
                None if name.alias.is_some() => return (None, name, module),
                None => {}
            }
            module = parent;
        }
    }

    pub(super) fn provider(&self, module: ModuleId, at: usize, reports: &mut Vec<Report>) -> Value {
        let Some((name, provider)) = self.config(module).and_then(|c| c.providers.get_index(at))
        else {
            return Value::unknown(Type::Dynamic, Origin::Error);
        };
        let scope = self.view(module, None);
        let is_aws = is_aws(&name.local, self.source_of(module, &name.local).as_deref());
        let schema = schema::provider().filter(|_| is_aws);
        let place = format!("provider `{name}`");
        let value = match schema {
            Some(schema) => shape::config(
                &scope,
                &provider.content,
                schema.body,
                &place,
                provider.header,
                reports,
            ),
            None => shape::generic(&scope, &provider.content, reports),
        };
        if !is_aws {
            return value;
        }
        reports.extend(unknown_region(&value));
        self.with_region(value)
    }

    /// What `required_providers` of a module says that a local name stands for.
    pub(super) fn source_of(&self, module: ModuleId, local: &str) -> Option<Str> {
        self.config(module)?.settings.required.get(local)?.clone()
    }

    /// Fills in the region that the machine gives where the block gives none.
    pub(super) fn with_region(&self, value: Value) -> Value {
        let unset = value.get("region").is_none_or(Value::is_null);
        let (Kind::Object(map), Some(region), true) = (&value.kind, &self.program.region, unset)
        else {
            return value;
        };
        let mut map = map.as_ref().clone();
        map.insert("region".into(), Value::string(region.clone()));
        Value { kind: Kind::Object(Arc::new(map)), ..value }
    }
}

/// A region that there is not, unless the configuration says to take any.
fn unknown_region(provider: &Value) -> Option<Report> {
    let region = provider.get("region")?;
    let name = region.as_str()?;
    let any = provider.get("skip_region_validation").is_some_and(|v| v.as_bool() == Some(true));
    if any || name.is_empty() || schema::regions().any(|known| known == name) {
        return None;
    }
    let report = Report::error("unknown-region", format!("AWS has no region `{name}`"));
    let report = report.at(region.place().at?, "not a region");
    Some(match schema::closest(name, schema::regions()) {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        None => report.help("if it is a new one, write skip_region_validation = true"),
    })
}
