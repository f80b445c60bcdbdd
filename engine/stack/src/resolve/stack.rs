//! From a program to the resolved stack.

use super::edges::Edges;
use super::node::{ModuleId, Node, Slot, What};
use super::{Resolver, TOO_MUCH_WORK};
use crate::load::{Config, ProviderName, Resource as Declared};
use crate::resolved::is_aws;
use crate::{
    Address, Edge, Module, ModulePath, Origin, Output, Program, ProviderConfig, Resource,
    ResourceId, Stack, Str, Type, Value, Variable, World,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use syntax::Report;

/// Resolves everything.
pub(crate) fn stack(program: &Program<'_>, world: &dyn World) -> Stack {
    let mut resolver = Resolver::new(program, world);
    resolver.everything();
    let mut reports = program.reports().to_vec();
    reports.append(&mut resolver.reports);
    sort(&mut reports);
    let (providers, resources) = resolver.resources();
    let root = ModuleId(0);
    let outputs = resolver.config(root).into_iter().flat_map(|c| c.outputs.iter().enumerate());
    let outputs = outputs.map(|(at, (name, declared))| {
        let output = Output {
            value: resolver.plain(root, What::Output(at)),
            sensitive: declared.sensitive,
            description: declared.description.clone(),
            header: declared.header,
        };
        (name.clone(), output)
    });
    let outputs = outputs.collect();
    let variables = resolver.config(root).into_iter().flat_map(|c| c.variables.iter().enumerate());
    let variables = variables.map(|(at, (name, declared))| {
        let variable = Variable {
            value: resolver.plain(root, What::Variable(at)),
            sensitive: declared.sensitive,
            description: declared.description.clone(),
            header: declared.header,
            given: declared.default.is_some() || program.inputs.contains_key(name),
        };
        (name.clone(), variable)
    });
    let variables = variables.collect();
    Stack {
        sources: Arc::clone(program.sources()),
        modules: resolver.modules(),
        resources,
        outputs,
        variables,
        providers,
        workspace: program.workspace.clone(),
        backend: resolver.config(root).and_then(|c| c.settings.backend.clone()),
        statements: resolver.statements(),
        checks: resolver.checked(),
        reports,
    }
}

/// Resolves one resource instance and what it needs.
pub(crate) fn instance(
    program: &Program<'_>,
    world: &dyn World,
    address: &Address,
) -> Result<Resource, Vec<Report>> {
    let mut resolver = Resolver::new(program, world);
    let nothing = || {
        let text = format!("the stack declares no `{address}`");
        vec![Report::error("undeclared-reference", text)]
    };
    let mut module = ModuleId(0);
    for step in &address.module.0 {
        let call = resolver.config(module).and_then(|c| c.calls.get_index_of(&step.name));
        let node = module.node(What::Call(call.ok_or_else(nothing)?));
        resolver.demand(node);
        let Some(Slot::Modules(children)) = resolver.slots.get(&node) else {
            return Err(nothing());
        };
        let key =
            |id: &&ModuleId| resolver.module(**id).is_some_and(|m| m.repetition.key == step.key);
        module = *children.iter().find(key).ok_or_else(nothing)?;
    }
    let name = (address.mode, address.ty.clone(), address.name.clone());
    let config = resolver.config(module).ok_or_else(nothing)?;
    let at = config.resources.get_index_of(&name).ok_or_else(nothing)?;
    let node = module.node(What::Resource(at));
    // The needs of the resource, but not its other instances.
    resolver.demand(module.node(What::Keys(at)));
    let mut missing = resolver.missing(node);
    while !missing.is_empty() {
        for need in missing {
            resolver.demand(need);
        }
        missing = resolver.missing(node);
    }
    let mut reports = std::mem::take(&mut resolver.reports);
    let found = resolver.resource(module, at, Some(&address.key), &mut reports);
    let broken = reports.iter().any(|r| r.level == syntax::Level::Error);
    match found.all.into_iter().next() {
        Some(resource) if !broken => Ok(resource),
        None if !broken => Err(nothing()),
        _ => {
            sort(&mut reports);
            Err(reports)
        }
    }
}

/// By place, those without one first; the same trouble seen in several instances is told once.
fn sort(reports: &mut Vec<Report>) {
    let place = |r: &Report| r.at.as_ref().map(|label| label.span);
    reports.sort_by(|a, b| (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message)));
    // What ends it all goes first: the rest may follow from it.
    reports.sort_by_key(|report| report.code != TOO_MUCH_WORK);
    reports.dedup_by(|a, b| (place(a), a.code, &a.message) == (place(b), b.code, &b.message));
}

impl<'a> Resolver<'a> {
    /// Evaluates every node of every module instance.
    fn everything(&mut self) {
        let mut next = 0;
        while let Ok(id) = u32::try_from(next).map(ModuleId)
            && let Some(config) = self.config(id)
        {
            next += 1;
            for at in 0..config.calls.len() {
                self.demand(id.node(What::Call(at)));
            }
        }
        let count = u32::try_from(self.modules.len()).unwrap_or(u32::MAX);
        for id in (0..count).map(ModuleId) {
            let Some(config) = self.config(id) else { continue };
            let all = (0..config.variables.len())
                .map(What::Variable)
                .chain((0..config.locals.len()).map(What::Local))
                .chain((0..config.providers.len()).map(What::Provider))
                .chain((0..config.resources.len()).map(What::Resource))
                .chain((0..config.outputs.len()).map(What::Output));
            for what in all {
                self.demand(id.node(what));
            }
            if !self.exhausted {
                self.declarations(id, config);
                self.check(id);
            }
        }
    }

    fn plain(&self, module: ModuleId, what: What) -> Value {
        match self.slot(module, what) {
            Some(Slot::Value(value)) => value.clone(),
            _ => Value::unknown(Type::Dynamic, Origin::Error),
        }
    }

    fn modules(&self) -> Vec<Module> {
        let one = |instance: &super::node::ModuleInstance| Module {
            path: instance.path.clone(),
            directory: self
                .program
                .config(instance.branch)
                .map(|c| c.folder.display().to_string())
                .unwrap_or_default(),
            call: self.program.branch(instance.branch).and_then(|b| b.call),
        };
        let mut modules: Vec<Module> = self.modules.iter().map(one).collect();
        modules.sort_by(|a, b| a.path.cmp(&b.path));
        modules
    }

    /// All instances, sorted and with their edges, and the provider configurations that they use.
    fn resources(&mut self) -> (Vec<ProviderConfig>, Vec<Resource>) {
        let mut named: Vec<(Node, Resource)> = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        for (module, config) in self.all() {
            nodes.extend((0..config.resources.len()).map(|at| module.node(What::Resource(at))));
        }
        for node in nodes {
            if let Some(Slot::Resource(instances)) = self.slots.get_mut(&node) {
                let all = std::mem::take(&mut instances.all);
                named.extend(all.into_iter().map(|resource| (node, resource)));
            }
        }
        named.sort_by(|(_, a), (_, b)| a.address.cmp(&b.address));
        let mut instances: HashMap<Node, Vec<_>> = HashMap::new();
        for (id, (node, resource)) in (0..).map(ResourceId).zip(&named) {
            instances.entry(*node).or_default().push((resource.address.key.clone(), id));
        }
        let mut edges = Edges::new(self, instances);
        let mut providers = Providers::new(self);
        let mut last: Option<(Node, Vec<Edge>, usize)> = None;
        let mut resources = Vec::with_capacity(named.len());
        for (id, (node, mut resource)) in (0..).map(ResourceId).zip(named) {
            let same = last.as_ref().is_some_and(|(n, _, _)| *n == node);
            if !same && let Some(declared) = self.declared(node) {
                let found = edges.of(node.module, declared);
                last = Some((node, found, providers.of(node.module, declared)));
            }
            if let Some((_, edges, provider)) = &last {
                resource.edges = edges.iter().filter(|edge| edge.to != id).cloned().collect();
                resource.provider = *provider;
            }
            resources.push(resource);
        }
        (providers.sorted(&mut resources), resources)
    }

    fn declared(&self, node: Node) -> Option<&'a Declared> {
        let What::Resource(at) = node.what else { return None };
        self.config(node.module)?.resources.get_index(at).map(|(_, declared)| declared)
    }

    /// Every module instance with its configuration.
    fn all(&self) -> impl Iterator<Item = (ModuleId, &'a Config)> {
        (0..).map(ModuleId).zip(&self.modules).filter_map(|(id, _)| Some((id, self.config(id)?)))
    }
}

/// The provider configurations in use, each once.
struct Providers<'r> {
    resolver: &'r Resolver<'r>,
    known: BTreeMap<(ModulePath, ProviderName), usize>,
    all: Vec<ProviderConfig>,
}

impl<'r> Providers<'r> {
    /// Starts with those that are declared, used or not.
    fn new(resolver: &'r Resolver<'r>) -> Self {
        let mut providers = Self { resolver, known: BTreeMap::new(), all: Vec::new() };
        for (module, config) in resolver.all() {
            for (at, (name, declared)) in config.providers.iter().enumerate() {
                let value = resolver.plain(module, What::Provider(at));
                providers.add(module, name, value, Some(declared.header));
            }
        }
        providers
    }

    fn of(&mut self, module: ModuleId, declared: &Declared) -> usize {
        let (owner, name, outer) = self.resolver.provider_of(module, declared);
        let module = owner.map_or(outer, |(module, _)| module);
        let empty = Value::object(std::iter::empty::<(Str, Value)>());
        let source = self.resolver.source_of(module, &name.local);
        let is_aws = is_aws(&name.local, source.as_deref());
        let value = if is_aws { self.resolver.with_region(empty) } else { empty };
        self.add(module, &name, value, None)
    }

    fn add(
        &mut self,
        module: ModuleId,
        name: &ProviderName,
        value: Value,
        header: Option<syntax::Span>,
    ) -> usize {
        let path = self.resolver.module(module).map(|m| m.path.clone()).unwrap_or_default();
        let next = self.all.len();
        let at = *self.known.entry((path.clone(), name.clone())).or_insert(next);
        if at == next {
            self.all.push(ProviderConfig {
                source: self.resolver.source_of(module, &name.local),
                name: name.local.clone(),
                alias: name.alias.clone(),
                module: path,
                value,
                header,
            });
        }
        at
    }

    /// By module, name and alias; resources are told their new places.
    fn sorted(self, resources: &mut [Resource]) -> Vec<ProviderConfig> {
        let mut place = vec![0; self.all.len()];
        for (new, old) in self.known.values().enumerate() {
            if let Some(slot) = place.get_mut(*old) {
                *slot = new;
            }
        }
        for resource in resources {
            resource.provider = place.get(resource.provider).copied().unwrap_or(0);
        }
        let mut all: Vec<Option<ProviderConfig>> = self.all.into_iter().map(Some).collect();
        self.known.values().filter_map(|old| all.get_mut(*old)?.take()).collect()
    }
}
