//! A stack, ready to be judged.

use crate::RequiredTag;
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
    /// Tags that every resource must have, as the user says.
    pub required_tags: Vec<RequiredTag>,
}

impl<'a> Context<'a> {
    /// Reads a stack.
    pub fn new(stack: &'a Stack) -> Self {
        let model = Model::new(stack);
        let reach = Reach::new(&model);
        Self { model, reach, required_tags: Vec::new() }
    }

    /// The stack.
    pub fn stack(&self) -> &'a Stack {
        self.model.stack()
    }
}
