//! Both sides of a plan as stacks, so that what reads a stack (the bill above all) can say what the plan changes.

use crate::order::Names;
use crate::{Action, Change, Object, Plan, Planned};
use stack::{Address, Edge, Lifecycle, Mode, Resource, ResourceId, Stack};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::Span;

/// Instances, each with the addresses that it needs.
type Rows = Vec<(Resource, Vec<Arc<Address>>)>;

impl Planned {
    /// The stack as it is: what the state holds, each object as last read.
    pub fn before(&self) -> Stack {
        self.side(|change| match change.action {
            Action::NoOp | Action::Read => change.before.as_ref().or(change.after.as_ref()),
            _ => change.before.as_ref(),
        })
    }

    /// The stack once the plan is carried out: what it leaves out stays as it is.
    pub fn after(&self) -> Stack {
        self.side(|change| match change.action {
            // It goes on to exist, and to cost.
            Action::Forget => change.before.as_ref(),
            _ => change.after.as_ref(),
        })
    }

    fn side(&self, value: impl Fn(&Change) -> Option<&stack::Value>) -> Stack {
        let Plan { changes, prior, .. } = &self.plan;
        let in_force = || changes.iter().filter(|change| change.deposed.is_none());
        let names = Names::new(changes.iter().map(|change| &*change.address));
        let mut rows = Rows::new();
        for change in in_force() {
            let Some(value) = value(change).cloned() else { continue };
            rows.push(self.row(&change.address, value, change.action == Action::NoOp, &names));
        }
        for (address, deposed, object) in prior.objects() {
            let left_out = deposed.is_none() && self.plan.change(address).is_none();
            let is_managed = address.mode == Mode::Managed;
            if left_out
                && is_managed
                && let Ok(value) = object.value(address.mode, &address.ty)
            {
                rows.push(self.row(&Arc::new(address.clone()), value, false, &names));
            }
        }
        self.link(rows)
    }

    /// An instance with another value than the stack's own. What is `written` is what the stack says; of what it was like before only
    /// the whole object is known.
    fn row(
        &self,
        address: &Arc<Address>,
        value: stack::Value,
        written: bool,
        names: &Names<'_>,
    ) -> (Resource, Vec<Arc<Address>>) {
        let found = self.stack.find(address).and_then(|id| self.stack.resource(id));
        let Some(resource) = found else {
            let stored = self.plan.prior.current(address).map(|o: &Object| &o.dependencies);
            let meant = stored.into_iter().flatten().flat_map(|name| names.meant(name, address));
            let needs = meant.filter_map(|at| self.plan.changes.get(at));
            let needs = needs.map(|change| Arc::clone(&change.address)).collect();
            let span = Span::default();
            let resource = Resource {
                address: Arc::clone(address),
                config: value.clone(),
                value,
                header: span,
                block: span,
                edges: Vec::new(),
                lifecycle: Lifecycle::default(),
                provisioners: Vec::new(),
                provider: self.provider(address),
                symbolic: false,
                repetition: None,
            };
            return (resource, needs);
        };
        let needs = resource.edges.iter().filter_map(|edge| self.stack.resource(edge.to));
        let needs = needs.map(|needed| Arc::clone(&needed.address)).collect();
        let keeps = written || value.to_json() == resource.value.to_json();
        let config = if keeps { resource.config.clone() } else { value.clone() };
        (Resource { value, config, edges: Vec::new(), ..resource.clone() }, needs)
    }

    /// The provider configuration that the state names for an object which the stack does not have any more.
    fn provider(&self, address: &Address) -> usize {
        let stored = self.plan.prior.instances.get(address).map(|it| it.provider.as_str());
        let alias = stored.and_then(|text| text.rsplit_once("\"]")?.1.strip_prefix('.'));
        let same = |p: &stack::ProviderConfig| p.alias.as_deref() == alias;
        self.stack.providers.iter().position(same).unwrap_or(0)
    }

    /// Rows as a stack, with edges that lead to what is in it.
    fn link(&self, mut rows: Rows) -> Stack {
        rows.sort_by(|(a, _), (b, _)| a.address.cmp(&b.address));
        let ids: BTreeMap<Arc<Address>, ResourceId> = (rows.iter())
            .zip((0..).map(ResourceId))
            .map(|((row, _), id)| (Arc::clone(&row.address), id))
            .collect();
        let linked = rows.into_iter().map(|(mut row, needs)| {
            let to = needs.iter().filter_map(|address| ids.get(address)).copied();
            row.edges = to.map(|to| Edge { to, span: row.header }).collect();
            row.edges.sort();
            row.edges.dedup();
            row
        });
        Stack { resources: linked.collect(), ..self.stack.clone() }
    }
}
