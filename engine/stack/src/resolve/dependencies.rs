//! What must be evaluated before a node can be: references turned into nodes.

use super::Resolver;
use super::node::{ModuleId, Node, Slot, What};
use super::target::{self, Target};
use crate::Key;
use crate::eval::{StaticKey, Traversal};
use crate::load::{Expression, Repeat, Resource};
use std::collections::BTreeSet;
use syntax::Span;

/// A node that another needs, and the reference that says so.
pub(super) type Need = (Node, Span);

impl Resolver<'_> {
    /// What `node` needs, as far as can be told now: once the calls among them are known, their outputs join them.
    pub(super) fn needs(&self, node: Node) -> Vec<Need> {
        let mut needs = Vec::new();
        let module = node.module;
        let Some(config) = self.config(module) else { return needs };
        match node.what {
            What::Variable(at) => {
                if let Some((parent, argument)) = self.argument(module, at) {
                    self.expression(parent, &argument, &mut needs);
                }
            }
            What::Local(at) => {
                if let Some((_, local)) = config.locals.get_index(at) {
                    self.expression(module, &local.value, &mut needs);
                }
            }
            What::Output(at) => {
                if let Some((_, output)) = config.outputs.get_index(at) {
                    if let Some(value) = &output.value {
                        self.expression(module, value, &mut needs);
                    }
                    for to in &output.depends_on {
                        self.ordered(module, to, &mut needs);
                    }
                }
            }
            What::Provider(at) => {
                if let Some((_, provider)) = config.providers.get_index(at) {
                    for to in &provider.references {
                        self.reference(module, to, &mut needs);
                    }
                }
            }
            What::Call(at) => {
                if let Some((_, call)) = config.calls.get_index(at) {
                    self.repeat(module, &call.repeat, &mut needs);
                }
            }
            What::Keys(at) => {
                if let Some((_, resource)) = config.resources.get_index(at) {
                    self.repeat(module, &resource.repeat, &mut needs);
                }
            }
            What::Resource(at) => self.of_resource(module, at, &mut needs),
        }
        needs
    }

    fn of_resource(&self, module: ModuleId, at: usize, needs: &mut Vec<Need>) {
        let config = self.config(module);
        let Some((_, resource)) = config.and_then(|c| c.resources.get_index(at)) else { return };
        needs.push((module.node(What::Keys(at)), resource.header));
        // Until its instances are known nothing more is asked; and what the world knows already is not evaluated at all.
        let Some(Slot::Keys(keys)) = self.slot(module, What::Keys(at)) else { return };
        let known = |key: &Key| self.world.known(&self.address(module, resource, key)).is_some();
        if !keys.is_empty() && keys.iter().all(|one| known(&one.key)) {
            return;
        }
        for to in &resource.references {
            self.reference(module, to, needs);
        }
        self.of_context(module, resource, needs);
    }

    /// What a resource needs beyond its own expressions: its provider, and what it or a module around it waits for.
    pub(super) fn of_context(&self, module: ModuleId, resource: &Resource, needs: &mut Vec<Need>) {
        if let Some((owner, provider)) = self.provider_of(module, resource).0 {
            needs.push((owner.node(What::Provider(provider)), resource.header));
        }
        for to in &resource.depends_on {
            self.ordered(module, to, needs);
        }
        let mut inner = module;
        while let Some(parent) = self.module(inner).and_then(|instance| instance.parent) {
            for to in self.call_of(inner).into_iter().flat_map(|(_, call)| &call.depends_on) {
                self.ordered(parent, to, needs);
            }
            inner = parent;
        }
    }

    pub(super) fn repeat(&self, module: ModuleId, repeat: &Repeat, needs: &mut Vec<Need>) {
        if let Some(expression) = repeat.expression() {
            self.expression(module, expression, needs);
        }
    }

    pub(super) fn expression(&self, module: ModuleId, value: &Expression, needs: &mut Vec<Need>) {
        for to in value.references() {
            self.reference(module, to, needs);
        }
    }

    /// The nodes that a reference's value comes from.
    pub(super) fn reference(&self, module: ModuleId, to: &Traversal, needs: &mut Vec<Need>) {
        let Some(config) = self.config(module) else { return };
        let span = to.span;
        match target::find(config, to) {
            Ok(Target::Variable(at)) => needs.push((module.node(What::Variable(at)), span)),
            Ok(Target::Local(at)) => needs.push((module.node(What::Local(at)), span)),
            Ok(Target::Resource(at)) => needs.push((module.node(What::Resource(at)), span)),
            Ok(Target::Call(at)) => {
                needs.push((module.node(What::Call(at)), span));
                let repeats = config
                    .calls
                    .get_index(at)
                    .is_some_and(|(_, c)| c.repeat.expression().is_some());
                let name = match to.steps.get(if repeats { 2 } else { 1 }).map(|s| &s.key) {
                    Some(StaticKey::Name(name)) => Some(name),
                    _ => None,
                };
                for child in self.children(module, at) {
                    let Some(inner) = self.config(*child) else { continue };
                    for (number, output) in inner.outputs.keys().enumerate() {
                        if name.is_none_or(|name| name == output) {
                            needs.push((child.node(What::Output(number)), span));
                        }
                    }
                }
            }
            Ok(Target::Around) | Err(_) => {}
        }
    }

    /// The nodes that an entry of `depends_on` waits for: of a module call, everything in it.
    pub(super) fn ordered(&self, module: ModuleId, to: &Traversal, needs: &mut Vec<Need>) {
        let target = self.config(module).map(|config| target::find(config, to));
        let Some(Ok(Target::Call(at))) = target else {
            self.reference(module, to, needs);
            return;
        };
        needs.push((module.node(What::Call(at)), to.span));
        let mut todo: Vec<ModuleId> = self.children(module, at).to_vec();
        while let Some(inner) = todo.pop() {
            let Some(config) = self.config(inner) else { continue };
            let resources = (0..config.resources.len()).map(What::Resource);
            let outputs = (0..config.outputs.len()).map(What::Output);
            let calls = (0..config.calls.len()).map(What::Call);
            needs.extend(
                resources.chain(outputs).chain(calls).map(|what| (inner.node(what), to.span)),
            );
            for call in 0..config.calls.len() {
                todo.extend(self.children(inner, call));
            }
        }
    }

    fn children(&self, module: ModuleId, call: usize) -> &[ModuleId] {
        match self.slot(module, What::Call(call)) {
            Some(Slot::Modules(children)) => children,
            _ => &[],
        }
    }

    /// The managed resources and data sources that a list of needs leads to, through everything that is none itself.
    pub(super) fn resources_behind(&self, needs: &[Need]) -> BTreeSet<Node> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut todo: Vec<Node> = needs.iter().map(|(node, _)| *node).collect();
        while let Some(node) = todo.pop() {
            if !seen.insert(node) {
                continue;
            }
            match node.what {
                What::Resource(_) => {
                    found.insert(node);
                }
                _ => todo.extend(self.needs(node).into_iter().map(|(node, _)| node)),
            }
        }
        found
    }
}
