//! Whether values of one type can become values of another, from the types alone.

use super::unify::unify;
use crate::value::{ObjectType, Type};

/// True when a conversion exists. `lossy` also allows those that may fail on some values, such as string to number.
pub(crate) fn possible(from: &Type, to: &Type, lossy: bool) -> bool {
    match (from, to) {
        (_, Type::Dynamic) | (Type::Bool | Type::Number, Type::String) => true,
        (Type::Dynamic, _) | (Type::String, Type::Number | Type::Bool) => lossy,
        (Type::Object(from), Type::Object(to)) => object_to_object(from, to, lossy),
        (Type::Tuple(from), Type::Tuple(to)) => {
            from.len() == to.len() && from.iter().zip(to.iter()).all(|(f, t)| same(f, t, lossy))
        }
        (Type::List(from) | Type::Set(from), Type::List(to))
        | (Type::Set(from), Type::Set(to))
        | (Type::Map(from), Type::Map(to)) => same(from, to, lossy),
        (Type::List(from), Type::Set(to)) => lossy && same(from, to, lossy),
        (Type::Tuple(from), Type::List(to) | Type::Set(to)) => tuple_to(from, to, lossy),
        (Type::Object(from), Type::Map(to)) => object_to_map(from, to, lossy),
        (Type::Map(from), Type::Object(to)) => lossy && map_to_object(from, to),
        _ => false,
    }
}

fn same(from: &Type, to: &Type, lossy: bool) -> bool {
    from == to || possible(from, to, lossy)
}

fn object_to_object(from: &ObjectType, to: &ObjectType, lossy: bool) -> bool {
    to.attributes.iter().all(|(name, to_type)| match from.attributes.get(name) {
        Some(from_type) => same(from_type, to_type, lossy),
        None => to.optional.contains(name),
    })
}

fn tuple_to(from: &[Type], to: &Type, lossy: bool) -> bool {
    if *to != Type::Dynamic || from.is_empty() {
        return from.iter().all(|f| same(f, to, lossy));
    }
    match unify(from.iter(), lossy) {
        Some(found) if found.ty == Type::Dynamic => from.iter().all(|f| *f == Type::Dynamic),
        Some(found) => from.iter().all(|f| same(f, &found.ty, lossy)),
        None => false,
    }
}

fn object_to_map(from: &ObjectType, to: &Type, lossy: bool) -> bool {
    if *to != Type::Dynamic || from.attributes.is_empty() {
        return from.attributes.values().all(|f| same(f, to, lossy));
    }
    unify(from.attributes.values(), lossy)
        .is_some_and(|found| from.attributes.values().all(|f| same(f, &found.ty, lossy)))
}

fn map_to_object(from: &Type, to: &ObjectType) -> bool {
    // What an optional attribute would need may be absent from the map: only its value can tell.
    to.attributes
        .iter()
        .all(|(name, to_type)| same(from, to_type, true) || to.optional.contains(name))
}
