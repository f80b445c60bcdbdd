//! When a new value says the same as the old one.
//!
//! The provider's SDK knows no null inside the state: what is not set reads back as `""`, `0`, `false` or an empty collection. And AWS
//! rewrites documents. So a plan compares by meaning.

use crate::document;
use stack::value::Step;
use stack::{Address, Kind, Origin, Value};

/// Equal for certain, marks and places aside.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    a.equals(b) == Some(true)
}

/// Nothing, as the provider's SDK sees it.
pub(crate) fn is_zero(value: &Value) -> bool {
    match &value.kind {
        Kind::Null(_) => true,
        Kind::Bool(b) => !b,
        Kind::Number(n) => n.is_zero(),
        Kind::String(text) => text.is_empty(),
        Kind::Unknown(_) => false,
        _ => value.is_empty(),
    }
}

/// Compares what is planned for the attribute `name` with what is there.
pub(crate) struct Comparison<'a> {
    /// The instance that both belong to.
    pub(crate) address: &'a Address,
    /// The task's containers have the task's own network, so that a container port is its host port.
    pub(crate) awsvpc: bool,
}

impl Comparison<'_> {
    /// True when applying `new` over `old` would change nothing. Inside a collection null and zero are one, and a part of `new` that only
    /// AWS can decide is whatever it is in `old`.
    pub(crate) fn agree(&self, name: &str, new: &Value, old: &Value, inside: bool) -> bool {
        match (&new.kind, &old.kind) {
            (Kind::Unknown(_), _) => inside && self.is_own(new),
            (_, Kind::Unknown(_)) => false,
            (Kind::Null(_), _) => is_zero(old),
            // A written 0 or false is a change where nothing is stored; an empty text or collection is none.
            (Kind::Bool(_) | Kind::Number(_), Kind::Null(_)) => inside && is_zero(new),
            (_, Kind::Null(_)) => is_zero(new),
            (Kind::String(a), Kind::String(b)) => {
                a == b || document::agree(name, a, b, self.awsvpc)
            }
            (Kind::Set(..), Kind::Set(..)) => {
                new.len() == old.len() && self.pair(name, new, old).iter().all(Option::is_some)
            }
            (Kind::List(..) | Kind::Tuple(_), Kind::List(..) | Kind::Tuple(_)) => {
                new.len() == old.len()
                    && new.elements().zip(old.elements()).all(|(a, b)| self.agree(name, a, b, true))
            }
            // Objects of one schema have the same names; those in an attribute of any type may not.
            (Kind::Object(_), Kind::Object(_)) => {
                old.entries().all(|(name, _)| new.get(name).is_some())
                    && new.entries().all(|(name, a)| {
                        old.get(name).map_or_else(|| is_zero(a), |b| self.agree(name, a, b, true))
                    })
            }
            (Kind::Map(_, a), Kind::Map(_, b)) => {
                a.keys().eq(b.keys())
                    && a.values().zip(b.values()).all(|(a, b)| self.agree(name, a, b, false))
            }
            _ => same(new, old),
        }
    }

    /// For each element of the set `new` the place of the one of `old` that it agrees with; each is taken once.
    pub(crate) fn pair(&self, name: &str, new: &Value, old: &Value) -> Vec<Option<usize>> {
        let mut free: Vec<(usize, &Value)> = old.elements().enumerate().collect();
        let mut pair = |element: &Value| {
            let at = free.iter().position(|(_, old)| self.agree(name, element, old, true))?;
            Some(free.remove(at).0)
        };
        new.elements().map(&mut pair).collect()
    }

    /// Unknown because the instance itself is not made yet, not because something it refers to is.
    pub(crate) fn is_own(&self, value: &Value) -> bool {
        value.as_unknown().is_some_and(|unknown| match &unknown.origin {
            Origin::Resource { address, .. } => **address == *self.address,
            _ => false,
        })
    }
}

/// The part of a value at a path; `None` when there is none, or when it lies inside a set.
pub(crate) fn part<'v>(value: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Attr(name) => value.get(name),
        Step::Index(index) => value.index(usize::try_from(*index).ok()?),
        Step::Any => None,
    })
}
