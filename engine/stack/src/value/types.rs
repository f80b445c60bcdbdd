//! Types, as in Terraform: primitive, collection, structural, and `any`.

use super::Str;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A type. `Dynamic` is `any`: not decided yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are Terraform's")]
pub enum Type {
    Dynamic,
    Bool,
    Number,
    String,
    List(Arc<Type>),
    Set(Arc<Type>),
    Map(Arc<Type>),
    Tuple(Arc<[Type]>),
    Object(Arc<ObjectType>),
}

/// The attributes of an object type; the bool says `optional(…)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectType {
    /// Attribute name to its type.
    pub attributes: BTreeMap<Str, Type>,
    /// Names that may be left out.
    pub optional: std::collections::BTreeSet<Str>,
}
