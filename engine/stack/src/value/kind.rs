//! The value itself.

use super::{Blame, Marks, Number, Type, Unknown};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A short string, shared when long.
pub type Str = ecow::EcoString;

/// A value with its marks and its place. Cheap to clone. Equality looks at kind and marks, never at the place.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Marks on the value as a whole; elements carry their own.
    pub marks: Marks,
    /// Where it was decided.
    pub blame: Blame,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null` of a type.
    Null(Type),
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string, in NFC.
    String(Str),
    /// A list and its element type.
    List(Type, Arc<[Value]>),
    /// A set and its element type; in Terraform's order, no repeats.
    Set(Type, Arc<[Value]>),
    /// A map and its element type.
    Map(Type, Arc<BTreeMap<Str, Value>>),
    /// A tuple.
    Tuple(Arc<[Value]>),
    /// An object.
    Object(Arc<BTreeMap<Str, Value>>),
    /// Not known yet.
    Unknown(Arc<Unknown>),
}
