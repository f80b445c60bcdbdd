//! What is not known yet: its type, what is certain about it all the same, and who will decide it.

use super::{Str, Type, Value};
use crate::Address;
use std::sync::Arc;
use syntax::Span;

/// An unknown value. Terraform calls it "known after apply".
#[derive(Clone, Debug)]
pub struct Unknown {
    /// Its type; `Dynamic` when not even that is known.
    pub ty: Type,
    /// What is certain about it.
    pub refinement: Refinement,
    /// Who decides it.
    pub origin: Origin,
}

/// What is certain about an unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refinement {
    /// It will not be null.
    pub not_null: bool,
    /// A string that starts so.
    pub prefix: Str,
    /// Least length of a collection.
    pub min_len: Option<u64>,
    /// Greatest length of a collection.
    pub max_len: Option<u64>,
    /// A number at least (the flag: inclusive) this.
    pub min: Option<(super::Number, bool)>,
    /// A number at most (the flag: inclusive) this.
    pub max: Option<(super::Number, bool)>,
}

/// Who decides an unknown value.
#[derive(Clone, Debug, Default)]
pub enum Origin {
    /// An attribute of a resource or data source instance: `aws_subnet.private[0]`, `.id`.
    Resource {
        /// The instance; its key may be [`crate::Key::Unknown`].
        address: Arc<Address>,
        /// The way from the instance's object to the value.
        path: Arc<[Step]>,
    },
    /// A root variable without a value.
    Variable(Str),
    /// A condition that is not known: both branches are kept, so that a rule can judge each.
    Conditional {
        /// The condition, in source.
        test: Span,
        /// The value if it holds.
        then: Arc<Value>,
        /// The value if not.
        otherwise: Arc<Value>,
    },
    /// Computed from other unknowns: those that matter, without repeats.
    Derived(Arc<[Origin]>),
    /// Only known when applied: `timestamp()`, `uuid()`.
    Apply(Str),
    /// `each.key` or `count.index` of an instance whose `for_each` or `count` is unknown.
    Repetition(Span),
    /// An earlier error left a hole.
    #[default]
    Error,
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// `.name`, or a map key.
    Attr(Str),
    /// `[0]`
    Index(u64),
    /// Somewhere inside a set, or at an unknown key.
    Any,
}
