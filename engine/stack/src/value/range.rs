//! What is certain about a value, known or not.

use super::{Kind, Refinement, Value};

impl Value {
    /// What is certain about this value: of a known one its prefix is all of it, its bounds are itself.
    pub fn range(&self) -> Refinement {
        let not_null = Refinement::not_null();
        match &self.kind {
            Kind::Null(_) => Refinement::default(),
            Kind::Unknown(unknown) => unknown.refinement.clone(),
            Kind::String(text) => Refinement { prefix: text.clone(), ..not_null },
            Kind::Number(n) => {
                let bound = Some((n.clone(), true));
                Refinement { min: bound.clone(), max: bound, ..not_null }
            }
            Kind::Set(_, elements) if elements.len() > 1 && !self.is_wholly_known() => not_null,
            Kind::List(..) | Kind::Set(..) | Kind::Map(..) => {
                let len = self.len().map(|n| n as u64);
                Refinement { min_len: len, max_len: len, ..not_null }
            }
            Kind::Bool(_) | Kind::Tuple(_) | Kind::Object(_) => not_null,
        }
    }
}

impl Refinement {
    /// What is certain when it is one of two values: only what is certain of both.
    #[must_use]
    pub fn either(&self, other: &Self) -> Self {
        let lower = match (&self.min, &other.min) {
            (Some((a, x)), Some((b, y))) => Some(match a.compare(b) {
                std::cmp::Ordering::Less => (a.clone(), *x),
                std::cmp::Ordering::Equal => (a.clone(), *x || *y),
                std::cmp::Ordering::Greater => (b.clone(), *y),
            }),
            _ => None,
        };
        let upper = match (&self.max, &other.max) {
            (Some((a, x)), Some((b, y))) => Some(match a.compare(b) {
                std::cmp::Ordering::Greater => (a.clone(), *x),
                std::cmp::Ordering::Equal => (a.clone(), *x || *y),
                std::cmp::Ordering::Less => (b.clone(), *y),
            }),
            _ => None,
        };
        Self {
            not_null: self.not_null && other.not_null,
            prefix: super::Str::new(),
            suffix: super::Str::new(),
            min_len: self.min_len.zip(other.min_len).map(|(a, b)| a.min(b)),
            max_len: self.max_len.zip(other.max_len).map(|(a, b)| a.max(b)),
            min: lower,
            max: upper,
        }
    }
}
