//! A stack, ready to be judged.

use crate::custom::Graph;
use crate::suppress::Suppressions;
use crate::{Bill, RequiredTag};
use model::Model;
use reach::Reach;
use stack::Stack;
use std::sync::OnceLock;

/// A stack with its model and its answers on reachability. Built once, shared by all rules.
#[derive(Debug)]
pub struct Context<'a> {
    /// Typed resources.
    pub model: Model<'a>,
    /// Security groups and routes.
    pub reach: Reach<'a>,
    /// Tags that every resource must have, as the user says.
    pub required_tags: Vec<RequiredTag>,
    /// What it costs, where users' rules ask.
    pub(crate) bill: Option<Bill>,
    /// What users' rules ask for.
    graph: OnceLock<Graph>,
    /// The comments that silence; none unless [`crate::run`] reads them.
    pub(crate) suppressions: Suppressions,
}

impl<'a> Context<'a> {
    /// Reads a stack.
    pub fn new(stack: &'a Stack) -> Self {
        let model = Model::new(stack);
        let reach = Reach::new(&model);
        Self {
            model,
            reach,
            required_tags: Vec::new(),
            bill: None,
            graph: OnceLock::new(),
            suppressions: Suppressions::default(),
        }
    }

    /// Who refers to whom, for users' rules; made when the first of them asks.
    pub(crate) fn graph(&self) -> &Graph {
        self.graph.get_or_init(|| Graph::of(self.stack()))
    }

    /// The stack.
    pub fn stack(&self) -> &'a Stack {
        self.model.stack()
    }
}
