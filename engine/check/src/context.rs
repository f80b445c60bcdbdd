//! A stack, ready to be judged.

use crate::suppress::Suppressions;
use model::Model;
use reach::Reach;
use stack::Stack;

/// A stack with its model and its answers on reachability. Built once, shared by all rules.
#[derive(Debug)]
pub struct Context<'a> {
    /// Typed resources.
    pub model: Model<'a>,
    /// Security groups and routes.
    pub reach: Reach<'a>,
    /// The comments that silence; none unless [`crate::run`] reads them.
    pub(crate) suppressions: Suppressions,
}

impl<'a> Context<'a> {
    /// Reads a stack.
    pub fn new(stack: &'a Stack) -> Self {
        let model = Model::new(stack);
        let reach = Reach::new(&model);
        Self { model, reach, suppressions: Suppressions::default() }
    }

    /// The stack.
    pub fn stack(&self) -> &'a Stack {
        self.model.stack()
    }
}
