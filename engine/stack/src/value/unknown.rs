//! What is not known yet: its type, what is certain about it all the same, and who will decide it.

use super::{Kind, Number, Str, Type, Value};
use crate::Address;
use std::collections::BTreeMap;
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
#[derive(Clone, Debug, Default)]
pub struct Refinement {
    /// It will not be null.
    pub not_null: bool,
    /// A string that starts so.
    pub prefix: Str,
    /// A string that ends so: what a template writes behind its last unknown part. Terraform keeps no such thing, so it counts
    /// for nothing in equality; a rule reads the tag of an image from it, and the length of an address range.
    pub suffix: Str,
    /// Least length of a collection.
    pub min_len: Option<u64>,
    /// Greatest length of a collection.
    pub max_len: Option<u64>,
    /// A number at least (the flag: inclusive) this.
    pub min: Option<(Number, bool)>,
    /// A number at most (the flag: inclusive) this.
    pub max: Option<(Number, bool)>,
}

impl PartialEq for Refinement {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self, other);
        (a.not_null, &a.prefix, a.min_len, a.max_len, &a.min, &a.max)
            == (b.not_null, &b.prefix, b.min_len, b.max_len, &b.min, &b.max)
    }
}

impl Eq for Refinement {}

impl Refinement {
    /// Not null, and nothing else.
    pub fn not_null() -> Self {
        Self { not_null: true, ..Self::default() }
    }

    /// The value itself, when a value of `ty` that is not null is left no choice; elements are then unknown.
    pub(super) fn decided(&self, ty: &Type, origin: &Origin) -> Option<Kind> {
        let length = match (self.min_len.unwrap_or(0), self.max_len) {
            (_, Some(0)) => Some(0),
            (min, Some(max)) if min == max => usize::try_from(min).ok(),
            _ => None,
        };
        let elements = |of: &Type, most: usize| {
            let element = Value::unknown(of.clone(), origin.clone());
            length.filter(|n| *n <= most).map(|n| Arc::from(vec![element; n]))
        };
        match ty {
            Type::Number => match (&self.min, &self.max) {
                (Some((min, true)), Some((max, true))) if min == max => {
                    Some(Kind::Number(min.clone()))
                }
                _ => None,
            },
            Type::List(of) => Some(Kind::List((**of).clone(), elements(of, LONGEST)?)),
            Type::Set(of) => Some(Kind::Set((**of).clone(), elements(of, 1)?)),
            Type::Map(of) => {
                (length == Some(0)).then(|| Kind::Map((**of).clone(), Arc::new(BTreeMap::new())))
            }
            _ => None,
        }
    }
}

/// A list of known length and unknown elements is written out up to this length.
const LONGEST: usize = 1 << 16;

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
        /// Who decides the condition.
        decider: Arc<Origin>,
        /// The value if it holds.
        then: Arc<Value>,
        /// The value if not.
        otherwise: Arc<Value>,
    },
    /// Computed from other unknowns: those that matter, without repeats.
    Derived(Arc<[Origin]>),
    /// Only known when applied: `timestamp()`, `uuid()`.
    Apply(Str),
    /// A sum of money that lacks a price: what lacks it, in words.
    Unpriced(Str),
    /// `each.key` or `count.index` of an instance whose `for_each` or `count` is unknown.
    Repetition {
        /// The `for_each` or `count`, in source.
        by: Span,
        /// Who decides it.
        decider: Arc<Origin>,
    },
    /// An earlier error left a hole.
    #[default]
    Error,
}

impl Origin {
    /// The one origin of something computed from others.
    pub fn derived(origins: Vec<Self>) -> Self {
        match <[Self; 1]>::try_from(origins) {
            Ok([only]) => only,
            Err(none) if none.is_empty() => Self::Error,
            Err(several) => Self::Derived(several.into()),
        }
    }

    /// Adds this origin, or those it derives from, to `found`, unless they are there.
    pub(super) fn collect(&self, found: &mut Vec<Self>) {
        match self {
            Self::Derived(origins) => origins.iter().for_each(|o| o.collect(found)),
            _ if found.iter().any(|o| o.same(self)) => {}
            _ => found.push(self.clone()),
        }
    }

    /// The same decider; conditions are told apart by where they stand.
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Resource { address: a, path: p }, Self::Resource { address: b, path: q }) => {
                a == b && p == q
            }
            (Self::Conditional { test: a, .. }, Self::Conditional { test: b, .. })
            | (Self::Repetition { by: a, .. }, Self::Repetition { by: b, .. }) => a == b,
            (Self::Variable(a), Self::Variable(b))
            | (Self::Apply(a), Self::Apply(b))
            | (Self::Unpriced(a), Self::Unpriced(b)) => a == b,
            (Self::Error, Self::Error) => true,
            _ => false,
        }
    }
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
