//! Declarations to values: lazy, each thing once, in the order that the references give.

mod arguments;
mod checks;
mod cycle;
mod dependencies;
mod edges;
mod modules;
mod node;
mod provider;
mod repeat;
mod resource;
mod scope;
mod stack;
mod statements;
mod target;
mod variable;

pub(crate) use node::Repetition;
pub(crate) use stack::{instance, stack};

use crate::eval::Total;
use crate::load::{Config, Expression};
use crate::{Program, Value, World, eval, shape};
use node::{ModuleId, ModuleInstance, Node, Slot, What};
use scope::View;
use std::collections::HashMap;
use syntax::{Report, Span};

/// The code of the report that evaluation ends with when all of it takes too much.
const TOO_MUCH_WORK: &str = "too-much-work";

/// One run over a program.
struct Resolver<'a> {
    program: &'a Program<'a>,
    world: &'a dyn World,
    modules: Vec<ModuleInstance>,
    slots: HashMap<Node, Slot>,
    /// How often instances came to be known: what a node needs may grow then, and only then.
    expansions: usize,
    reports: Vec<Report>,
    /// What came of conditions, by module and subject without keys.
    checked: checks::All,
    /// What evaluation has cost so far.
    total: Total,
    /// It was too much, and a report says so.
    exhausted: bool,
}

/// A node that waits for its needs.
struct Waiting {
    node: Node,
    needs: Vec<dependencies::Need>,
    next: usize,
    /// The expansions there had been when the needs were looked at.
    expansions: usize,
}

impl<'a> Resolver<'a> {
    fn new(program: &'a Program<'a>, world: &'a dyn World) -> Self {
        let modules = if program.forest.branches.is_empty() {
            Vec::new()
        } else {
            vec![ModuleInstance::root()]
        };
        Self {
            program,
            world,
            modules,
            slots: HashMap::new(),
            expansions: 0,
            reports: Vec::new(),
            checked: checks::All::new(),
            total: Total::default(),
            exhausted: false,
        }
    }

    fn module(&self, id: ModuleId) -> Option<&ModuleInstance> {
        self.modules.get(id.0 as usize)
    }

    fn config(&self, id: ModuleId) -> Option<&'a Config> {
        self.program.config(self.module(id)?.branch)
    }

    fn slot(&self, module: ModuleId, what: What) -> Option<&Slot> {
        self.slots.get(&module.node(what))
    }

    /// Evaluates an expression as it stands in a module instance.
    fn evaluate(
        &self,
        module: ModuleId,
        value: &Expression,
        around: Option<&Repetition>,
        reports: &mut Vec<Report>,
    ) -> Value {
        let view = View { resolver: self, module, repetition: around, this: None };
        let (value, found) = eval::evaluate(&value.tree, value.id, &view);
        reports.extend(found);
        value
    }

    /// Evaluates a node and all that it needs, without recursion: chains of references may be as long as the stack.
    fn demand(&mut self, node: Node) {
        let mut stack = vec![self.wait(node)];
        while let Some(top) = stack.last_mut() {
            if self.slots.contains_key(&top.node) {
                stack.pop();
                continue;
            }
            let need = top.needs.get(top.next).copied();
            if let Some((need, _)) = need {
                if self.slots.contains_key(&need) {
                    top.next += 1;
                } else if let Some(start) = stack.iter().position(|w| w.node == need) {
                    let members = stack.split_off(start);
                    self.break_cycle(&members);
                } else {
                    let waiting = self.wait(need);
                    stack.push(waiting);
                }
            } else {
                let Waiting { node, expansions, .. } = *top;
                stack.pop();
                if expansions == self.expansions {
                    let slot = self.compute(node);
                    let expands = matches!(slot, Slot::Modules(_) | Slot::Keys(_));
                    self.expansions += usize::from(expands);
                    self.slots.insert(node, slot);
                } else {
                    // Outputs of calls that have been expanded since.
                    stack.push(self.wait(node));
                }
            }
        }
    }

    /// The needs that have not been evaluated.
    fn missing(&self, node: Node) -> Vec<Node> {
        let needs = self.needs(node).into_iter().map(|(need, _)| need);
        needs.filter(|need| !self.slots.contains_key(need)).collect()
    }

    fn wait(&self, node: Node) -> Waiting {
        Waiting { node, needs: self.needs(node), next: 0, expansions: self.expansions }
    }

    /// Evaluates a node whose needs are there.
    fn compute(&mut self, node: Node) -> Slot {
        if self.exhausted {
            return node.hole();
        }
        let mut reports = Vec::new();
        let slot = match node.what {
            What::Variable(at) => Slot::Value(self.variable(node.module, at, &mut reports)),
            What::Local(at) => Slot::Value(self.local(node.module, at, &mut reports)),
            What::Output(at) => Slot::Value(self.output(node.module, at, &mut reports)),
            What::Provider(at) => Slot::Value(self.provider(node.module, at, &mut reports)),
            What::Call(at) => Slot::Modules(self.expand_call(node.module, at, &mut reports)),
            What::Keys(at) => Slot::Keys(self.keys(node.module, at, &mut reports)),
            What::Resource(at) => {
                Slot::Resource(self.resource(node.module, at, None, &mut reports))
            }
        };
        self.reports.extend(reports);
        if self.total.is_left() {
            return slot;
        }
        self.stop(&format!("`{}`", self.name(node)), self.place(node));
        node.hole()
    }

    /// Where a node is declared.
    fn place(&self, node: Node) -> Option<Span> {
        let config = self.config(node.module)?;
        Some(match node.what {
            What::Variable(at) => config.variables.get_index(at)?.1.header,
            What::Local(at) => config.locals.get_index(at)?.1.value.span(),
            What::Output(at) => config.outputs.get_index(at)?.1.header,
            What::Provider(at) => config.providers.get_index(at)?.1.header,
            What::Call(at) => config.calls.get_index(at)?.1.header,
            What::Keys(at) | What::Resource(at) => config.resources.get_index(at)?.1.header,
        })
    }

    /// Evaluation ends here, since all of it takes too much.
    fn stop(&mut self, last: &str, at: Option<Span>) {
        self.exhausted = true;
        let text = format!("the stack takes too many steps to evaluate; {last} was the last");
        let report = Report::error(TOO_MUCH_WORK, text).help(
            "repeat over fewer elements, or let a local do once what every instance does again",
        );
        self.reports.push(match at {
            Some(at) => report.at(at, "given up here"),
            None => report,
        });
    }
}
