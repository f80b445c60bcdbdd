//! Things that need each other.

use super::node::{Node, What};
use super::{Resolver, Waiting};
use std::collections::HashMap;
use syntax::Report;

impl Resolver<'_> {
    /// Reports a circle of nodes, each waiting for the next, and gives all of them a hole for a value.
    pub(super) fn break_cycle(&mut self, members: &[Waiting]) {
        let mut names = Vec::new();
        let mut places = Vec::new();
        let mut slots = HashMap::new();
        for waiting in members {
            let span = waiting.needs.get(waiting.next).map(|(_, span)| *span);
            let name = self.name(waiting.node);
            if !matches!(waiting.node.what, What::Keys(_)) {
                names.push(format!("`{name}`"));
            }
            places.extend(span.map(|span| (span, format!("needed by `{name}`"))));
            slots.insert(waiting.node, waiting.node.hole());
        }
        let report = if let [only] = names.as_slice() {
            Report::error("cycle", format!("{only} refers to itself"))
        } else {
            let text = format!("a circle of references: {}", names.join(" needs "));
            Report::error("cycle", text)
        };
        let mut places = places.into_iter();
        let report = match places.next() {
            Some((span, text)) => report.at(span, text),
            None => report,
        };
        let report = places.fold(report, |report, (span, text)| report.also(span, text));
        self.reports.push(report.help("take one of these references out"));
        self.slots.extend(slots);
        self.expansions += 1;
    }

    /// A node's name, as references spell it.
    pub(super) fn name(&self, node: Node) -> String {
        let Some(config) = self.config(node.module) else { return String::new() };
        let name = match node.what {
            What::Variable(at) => config.variables.get_index(at).map(|(n, _)| format!("var.{n}")),
            What::Local(at) => config.locals.get_index(at).map(|(n, _)| format!("local.{n}")),
            What::Output(at) => config.outputs.get_index(at).map(|(n, _)| format!("output.{n}")),
            What::Call(at) => config.calls.get_index(at).map(|(n, _)| format!("module.{n}")),
            What::Provider(at) => {
                config.providers.get_index(at).map(|(n, _)| format!("provider.{n}"))
            }
            What::Keys(at) | What::Resource(at) => {
                config.resources.get_index(at).map(|(_, r)| r.label())
            }
        };
        let path = self.module(node.module).map(|m| m.path.to_string()).unwrap_or_default();
        let name = name.unwrap_or_default();
        if path.is_empty() { name } else { format!("{path}.{name}") }
    }
}
