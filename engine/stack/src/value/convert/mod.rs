//! Conversion between types, as go-cty converts: strings to numbers, tuples to lists, objects to maps and back.

mod apply;
mod possible;
mod undecided;
mod unify;

pub use unify::{Unified, unify};

pub(crate) use apply::same_type;
pub(crate) use possible::possible;

use super::{Step, Type, Value};
use std::fmt;

/// Why a value cannot be converted, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertError {
    /// The way to the part at fault; empty for the value itself.
    pub path: Vec<Step>,
    /// What is wrong with it: lower case, no final period.
    pub message: String,
}

impl ConvertError {
    fn new(message: impl Into<String>) -> Self {
        Self { path: Vec::new(), message: message.into() }
    }

    /// The same trouble, seen from one level further out.
    fn within(mut self, step: Step) -> Self {
        self.path.insert(0, step);
        self
    }
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.message);
        }
        f.write_str("`")?;
        for step in &self.path {
            match step {
                Step::Attr(name) => write!(f, ".{name}")?,
                Step::Index(at) => write!(f, "[{at}]")?,
                Step::Any => f.write_str("[*]")?,
            }
        }
        write!(f, "`: {}", self.message)
    }
}

impl std::error::Error for ConvertError {}

impl Value {
    /// This value as one of type `to`; marks and places stay. Attributes that `to` calls optional and that are not there
    /// become null, attributes that `to` does not have are dropped.
    pub fn convert(&self, to: &Type) -> Result<Self, ConvertError> {
        match (&self.kind, to) {
            (_, Type::Dynamic)
            | (super::Kind::Bool(_), Type::Bool)
            | (super::Kind::Number(_), Type::Number)
            | (super::Kind::String(_), Type::String) => return Ok(self.clone()),
            _ => {}
        }
        let from = self.ty();
        if from == to.without_optional() {
            return Ok(self.clone());
        }
        if !possible(&from, to, true) {
            return Err(mismatch(&from, to));
        }
        apply::apply(self, to)
    }
}

/// Why no value of type `from` can become one of type `to`, as deep inside as it can be told.
fn mismatch(from: &Type, to: &Type) -> ConvertError {
    let required =
        || ConvertError::new(format!("{} is required, not {}", article(to), from.friendly()));
    match (from, to) {
        (Type::Object(of), Type::Object(to)) => {
            let missing = |name: &&super::Str| {
                !of.attributes.contains_key(*name) && !to.optional.contains(*name)
            };
            if let Some(name) = to.attributes.keys().find(missing) {
                return ConvertError::new(format!("attribute `{name}` is required"));
            }
            let inner = of.attributes.iter().find_map(|(name, from)| {
                let to = to.attributes.get(name)?;
                let fits = from == to || possible(from, to, true);
                (!fits).then(|| mismatch(from, to).within(Step::Attr(name.clone())))
            });
            inner.unwrap_or_else(required)
        }
        (Type::Object(of), Type::Map(to)) if **to != Type::Dynamic => {
            let inner = of.attributes.iter().find_map(|(name, from)| {
                let fits = from == &**to || possible(from, to, true);
                (!fits).then(|| mismatch(from, to).within(Step::Attr(name.clone())))
            });
            inner.unwrap_or_else(required)
        }
        (Type::Object(_), Type::Map(_)) => {
            ConvertError::new("all the values of a map must have one type")
        }
        (Type::Tuple(of), Type::List(to) | Type::Set(to)) if **to != Type::Dynamic => {
            let inner = (0..).zip(of.iter()).find_map(|(i, from)| {
                let fits = from == &**to || possible(from, to, true);
                (!fits).then(|| mismatch(from, to).within(Step::Index(i)))
            });
            inner.unwrap_or_else(required)
        }
        (Type::Tuple(_), Type::List(_) | Type::Set(_)) => {
            ConvertError::new("all the elements must have one type")
        }
        (Type::Tuple(of), Type::Tuple(to)) if of.len() != to.len() => {
            ConvertError::new(format!("{} elements are required, not {}", to.len(), of.len()))
        }
        (
            Type::List(of) | Type::Set(of) | Type::Map(of),
            Type::List(to) | Type::Set(to) | Type::Map(to),
        ) if !possible(of, to, true) && !matches!(**of, Type::Dynamic) => {
            mismatch(of, to).within(Step::Any)
        }
        _ => required(),
    }
}

fn article(ty: &Type) -> String {
    match ty {
        Type::Dynamic => ty.friendly(),
        Type::Object(_) => format!("an {}", ty.friendly()),
        _ => format!("a {}", ty.friendly()),
    }
}
