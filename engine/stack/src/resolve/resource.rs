//! A resource's instances: configuration, planned object, and what references to them see.

use super::Resolver;
use super::node::{Instances, ModuleId, Node, Repetition, Slot, What};
use super::scope::{View, origin};
use crate::eval::Traversal;
use crate::load::{Repeat, Resource as Declared};
use crate::{Address, Key, Mode, Origin, ProviderConfig, Resource, Str, Type, Value, shape};
use rayon::prelude::*;
use std::sync::Arc;
use syntax::{Level, Report};

/// From this many instances on, threads pay.
const MANY: usize = 16;

/// Reports about the form of a block rather than its values.
const FORM: &[&str] = &[
    "bad-labels",
    "bad-reference",
    "missing-argument",
    "missing-block",
    "read-only-attribute",
    "undeclared-reference",
    "unknown-attribute",
    "unknown-block",
];

impl Resolver<'_> {
    pub(super) fn view<'v>(&'v self, module: ModuleId, around: Option<&'v Repetition>) -> View<'v> {
        View { resolver: self, module, repetition: around, this: None }
    }

    /// Evaluates the instances of a resource; only the one of key `only`, if that is given.
    pub(super) fn resource(
        &self,
        module: ModuleId,
        at: usize,
        only: Option<&Key>,
        reports: &mut Vec<Report>,
    ) -> Instances {
        let hole = || Value::unknown(Type::Dynamic, Origin::Error);
        let config = self.config(module);
        let Some((_, declared)) = config.and_then(|c| c.resources.get_index(at)) else {
            return Instances { all: Vec::new(), value: hole() };
        };
        let Some(Slot::Keys(keys)) = self.slot(module, What::Keys(at)) else {
            return Instances { all: Vec::new(), value: hole() };
        };
        let keys: Vec<&Repetition> =
            keys.iter().filter(|r| only.is_none_or(|key| *key == r.key)).collect();
        let settings = self.provider_settings(module, declared, reports);
        let make = |repetition: &&Repetition| self.one(module, declared, repetition, &settings);
        let mut all = Vec::new();
        let mut rest = keys.as_slice();
        // As many more as there are already: what is too much is seen in time, and at the same instance every run.
        while let Some((some, others)) = rest.split_at_checked(rest.len().min(all.len().max(MANY)))
            && !some.is_empty()
            && self.total.is_left()
        {
            rest = others;
            let results: Vec<(Resource, Vec<Report>)> = if some.len() < MANY {
                some.iter().map(make).collect()
            } else {
                some.par_iter().map(make).collect()
            };
            for (resource, found) in results {
                reports.extend(found);
                all.push(resource);
            }
        }
        if keys.is_empty() && only.is_none() {
            self.check_absent(module, declared, &settings, reports);
        }
        let value = reference(declared, &all);
        Instances { all, value }
    }

    /// A resource without instances must be well formed all the same; what depends on its values is left aside.
    fn check_absent(
        &self,
        module: ModuleId,
        declared: &Declared,
        settings: &Value,
        reports: &mut Vec<Report>,
    ) {
        let origin = Origin::Repetition { by: declared.header, decider: Arc::default() };
        let key = Value::unknown_not_null(Type::String, origin.clone());
        let (index, each) = match declared.repeat {
            Repeat::ForEach(_) => (None, Some((key, Value::unknown(Type::Dynamic, origin)))),
            _ => (Some(Value::unknown_not_null(Type::Number, origin)), None),
        };
        let none = Repetition { key: Key::Unknown, index, each };
        let (_, found) = self.one(module, declared, &none, settings);
        reports.extend(found.into_iter().filter(|report| FORM.contains(&report.code)));
    }

    /// Who decides how often a resource stands: its own repetition, or that of a module around it.
    fn repetition(&self, module: ModuleId, own: &Repetition) -> Option<Origin> {
        let around = std::iter::successors(self.module(module), |m| self.module(m.parent?));
        std::iter::once(own)
            .chain(around.map(|m| &m.repetition))
            .find(|one| one.key == Key::Unknown)
            .and_then(Repetition::origin)
    }

    pub(super) fn address(&self, module: ModuleId, declared: &Declared, key: &Key) -> Address {
        Address {
            module: self.module(module).map(|m| m.path.clone()).unwrap_or_default(),
            mode: declared.mode,
            ty: declared.ty.clone(),
            name: declared.name.clone(),
            key: key.clone(),
        }
    }

    fn one(
        &self,
        module: ModuleId,
        declared: &Declared,
        repetition: &Repetition,
        settings: &Value,
    ) -> (Resource, Vec<Report>) {
        let mut reports = Vec::new();
        let instance = self.module(module);
        let address = Arc::new(self.address(module, declared, &repetition.key));
        let symbolic = repetition.key == Key::Unknown || instance.is_some_and(|m| m.symbolic);
        let (config, value) = if let Some(known) = self.world.known(&address) {
            (known.clone(), known)
        } else {
            let scope = self.view(module, Some(repetition));
            let config = shape::resource(&scope, declared, &mut reports);
            let value = match declared.mode {
                Mode::Managed => {
                    let fresh = shape::planned(declared.schema, &address, &config, settings);
                    self.world.planned(&address, &config, fresh)
                }
                Mode::Data => {
                    self.read(module, declared, &address, &config, settings, &mut reports)
                }
            };
            (config, value)
        };
        let resource = Resource {
            address,
            value,
            config,
            header: declared.header,
            block: declared.span,
            edges: Vec::new(),
            lifecycle: declared.lifecycle.clone(),
            provisioners: declared.provisioners.clone(),
            provider: 0,
            symbolic,
            repetition: symbolic.then(|| self.repetition(module, repetition)).flatten(),
        };
        (resource, reports)
    }

    /// A data source's result: what the world answers, else what is written and unknown for the rest. One whose configuration is
    /// wrong in part is answered as far as that goes, so that rules still see the rest.
    fn read(
        &self,
        module: ModuleId,
        declared: &Declared,
        address: &Arc<Address>,
        config: &Value,
        settings: &Value,
        reports: &mut Vec<Report>,
    ) -> Value {
        let wrong = reports.iter().any(|report| report.level == Level::Error);
        let put_off = self.program.defer_data && self.waits(module, declared);
        if !put_off {
            let provider = self.configuration(module, declared, settings);
            if let Some(answer) = self.world.data(address, config, &provider) {
                return answer;
            }
            let refused = || self.world.refused(address, config, &provider);
            if !wrong && let Some(why) = refused() {
                let report = Report::error("refused-data", format!("{address}: {why}"));
                reports.push(report.at(declared.header, "cannot be read"));
            }
        }
        shape::unread(declared.schema, address, config)
    }

    /// True when Terraform would put off reading a data source: it refers straight to a managed resource of its module that is
    /// going to change, or waits for one by `depends_on`.
    fn waits(&self, module: ModuleId, declared: &Declared) -> bool {
        let mut needs = Vec::new();
        for to in &declared.references {
            self.reference(module, to, &mut needs);
        }
        needs.retain(|(node, _)| matches!(node.what, What::Resource(_)) && node.module == module);
        let ordered = |needs: &mut Vec<_>, module, list: &[Traversal]| {
            for to in list {
                self.ordered(module, to, needs);
            }
        };
        ordered(&mut needs, module, &declared.depends_on);
        let mut inner = module;
        while let (Some(parent), Some((_, call))) =
            (self.module(inner).and_then(|m| m.parent), self.call_of(inner))
        {
            ordered(&mut needs, parent, &call.depends_on);
            inner = parent;
        }
        self.resources_behind(&needs).into_iter().any(|node| self.changes(node))
    }

    fn changes(&self, node: Node) -> bool {
        match self.slots.get(&node) {
            Some(Slot::Resource(instances)) => instances.all.iter().any(|resource| {
                resource.address.mode == Mode::Managed
                    && self.world.pending(&resource.address, &resource.value)
            }),
            _ => false,
        }
    }

    /// On whose behalf a data source is read.
    fn configuration(
        &self,
        module: ModuleId,
        declared: &Declared,
        settings: &Value,
    ) -> ProviderConfig {
        let (owner, name, outer) = self.provider_of(module, declared);
        let module = owner.map_or(outer, |(module, _)| module);
        ProviderConfig {
            source: self.source_of(module, &name.local),
            name: name.local,
            alias: name.alias,
            module: self.module(module).map(|m| m.path.clone()).unwrap_or_default(),
            value: self.with_region(settings.clone()),
            header: None,
        }
    }

    /// The provider configuration of a resource; without a block, one that holds the region alone.
    fn provider_settings(
        &self,
        module: ModuleId,
        declared: &Declared,
        reports: &mut Vec<Report>,
    ) -> Value {
        let (owner, name, missing_in) = self.provider_of(module, declared);
        if let Some((owner, at)) = owner
            && let Some(Slot::Value(value)) = self.slot(owner, What::Provider(at))
        {
            return value.clone();
        }
        if name.alias.is_some() {
            let span = declared.provider.as_ref().map_or(declared.header, |(_, span)| *span);
            let text = format!("no provider configuration `{name}` is declared");
            let report = Report::error("undeclared-provider", text).at(span, "not declared");
            let call = self.call_of(missing_in);
            let help = match call {
                Some((call, _)) => {
                    format!("pass it to module `{call}`: `providers = {{ {name} = … }}`")
                }
                None => {
                    format!("declare it: a `provider \"{}\"` block with this alias", name.local)
                }
            };
            reports.push(report.help(help));
        }
        self.with_region(Value::object(std::iter::empty::<(Str, Value)>()))
    }
}

/// What a reference to the whole resource sees: an object, or a tuple or object of its instances' objects.
fn reference(declared: &Declared, all: &[Resource]) -> Value {
    let seen = |resource: &Resource| match declared.schema {
        Some(_) => resource.value.clone(),
        None => Value::unknown(Type::Dynamic, origin(&resource.address, [])),
    };
    if let Some(one) = all.first().filter(|r| r.address.key == Key::Unknown) {
        let element = seen(one).ty();
        let ty = match declared.repeat {
            Repeat::ForEach(_) => Type::map(element),
            _ => Type::list(element),
        };
        return Value::unknown_not_null(ty, origin(&one.address, []));
    }
    match declared.repeat {
        Repeat::Once => {
            all.first().map_or_else(|| Value::unknown(Type::Dynamic, Origin::Error), seen)
        }
        Repeat::Count(_) => Value::tuple(all.iter().map(seen)),
        Repeat::ForEach(_) => {
            Value::object(all.iter().filter_map(|resource| match &resource.address.key {
                Key::Str(key) => Some((key.clone(), seen(resource))),
                _ => None,
            }))
        }
    }
}
