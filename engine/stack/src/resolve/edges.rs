//! Which instances a resource instance depends on.

use super::Resolver;
use super::dependencies::Need;
use super::node::{ModuleId, Node, What};
use super::target::{self, Target};
use crate::eval::{StaticKey, Traversal};
use crate::load::Resource as Declared;
use crate::{Edge, Key, ResourceId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use syntax::Span;

/// Resource nodes that something leads to.
type Behind = Arc<[Node]>;

/// Finds edges, remembering what lies behind each node that is no resource itself.
pub(super) struct Edges<'r> {
    resolver: &'r Resolver<'r>,
    /// Every instance by its resource, in order of key.
    instances: HashMap<Node, Vec<(Key, ResourceId)>>,
    behind: HashMap<Node, Behind>,
}

impl<'r> Edges<'r> {
    pub(super) fn new(
        resolver: &'r Resolver<'r>,
        instances: HashMap<Node, Vec<(Key, ResourceId)>>,
    ) -> Self {
        Self { resolver, instances, behind: HashMap::new() }
    }

    /// The edges of every instance of a resource; they are the same for all but for the edges to instances of its own.
    pub(super) fn of(&mut self, module: ModuleId, declared: &Declared) -> Vec<Edge> {
        let mut found: BTreeMap<ResourceId, Span> = BTreeMap::new();
        for to in &declared.references {
            let key = self.one_instance(module, to);
            let mut needs = Vec::new();
            self.resolver.reference(module, to, &mut needs);
            self.add(&needs, key.as_ref(), &mut found);
        }
        let mut needs = Vec::new();
        self.resolver.repeat(module, &declared.repeat, &mut needs);
        self.resolver.of_context(module, declared, &mut needs);
        self.add(&needs, None, &mut found);
        found.into_iter().map(|(to, span)| Edge { to, span }).collect()
    }

    /// The key that a reference to a resource spells out: `aws_subnet.a[0]`.
    fn one_instance(&self, module: ModuleId, to: &Traversal) -> Option<Key> {
        let config = self.resolver.config(module)?;
        let Ok(Target::Resource(_)) = target::find(config, to) else { return None };
        match &to.steps.get(target::name_steps(to))?.key {
            StaticKey::Index(n) => Some(Key::Int(*n)),
            StaticKey::Key(k) => Some(Key::Str(k.clone())),
            StaticKey::Name(_) => None,
        }
    }

    fn add(&mut self, needs: &[Need], key: Option<&Key>, found: &mut BTreeMap<ResourceId, Span>) {
        for (node, span) in needs {
            for resource in self.behind(*node).iter() {
                let Some(instances) = self.instances.get(resource) else { continue };
                let exact = key.filter(|key| instances.iter().any(|(k, _)| k == *key));
                for (key, id) in instances {
                    if exact.is_none_or(|exact| exact == key) {
                        found.entry(*id).or_insert(*span);
                    }
                }
            }
        }
    }

    /// The resources behind a node, itself if it is one. Without recursion, and safe in a circle, which was reported already.
    fn behind(&mut self, node: Node) -> Behind {
        let mut entered = HashSet::new();
        let mut todo = vec![(node, false)];
        while let Some((node, done)) = todo.pop() {
            if self.behind.contains_key(&node) {
                continue;
            }
            if matches!(node.what, What::Resource(_)) {
                self.behind.insert(node, [node].into());
            } else if done {
                let needs = self.resolver.needs(node);
                let known = needs.iter().filter_map(|(need, _)| self.behind.get(need));
                let all: BTreeSet<Node> = known.flat_map(|behind| behind.iter().copied()).collect();
                self.behind.insert(node, all.into_iter().collect());
            } else if entered.insert(node) {
                todo.push((node, true));
                todo.extend(self.resolver.needs(node).into_iter().map(|(need, _)| (need, false)));
            }
        }
        self.behind.get(&node).cloned().unwrap_or_default()
    }
}
