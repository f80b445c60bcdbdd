//! What must wait for what.
//!
//! An object is made after what it refers to, and goes before what it referred to when it was made: that is what the state stores, since the
//! configuration may be gone. Two orders differ from Terraform's on purpose: a dependent that stays is changed BEFORE what it no longer
//! needs is deleted (AWS refuses to delete a security group that is still attached), and an old task definition revision goes after the
//! services have left it.

mod graph;
mod names;

pub(crate) use graph::{Node, order};
pub(crate) use names::{Names, bare};

/// Steps in an order in which they could be done one by one; each may start as soon as those it needs are done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One thing to do for one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index into [`crate::Plan::changes`].
    pub change: usize,
    /// What to do.
    pub work: Work,
    /// Indices into [`Order::steps`], smaller than this one's own, sorted.
    pub needs: Vec<usize>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Work {
    /// Nothing: it only carries the order on.
    Pass,
    /// Read the data source.
    Read,
    /// Make the object, or change it in place.
    Make,
    /// Delete the object.
    Destroy,
    /// Drop the object from the state.
    Forget,
}
