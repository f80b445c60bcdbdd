//! Filling in what a wanted type leaves open from the type that a value has.

use super::unify::unify;
use crate::value::Type;

/// `to` with each `any` replaced by what stands there in `from`. The two must be convertible.
pub(super) fn decide(from: &Type, to: &Type) -> Type {
    let unified = |types: &mut dyn Iterator<Item = &Type>, of: &Type| {
        unify(types, true).map_or_else(|| of.clone(), |found| decide(&found.ty, of))
    };
    match (from, to) {
        (Type::Dynamic, _) => to.clone(),
        (_, Type::Dynamic) => from.clone(),
        (Type::Map(from), Type::Map(to)) => Type::map(decide(from, to)),
        (Type::Object(from), Type::Map(to)) => {
            Type::map(unified(&mut from.attributes.values(), to))
        }
        (Type::Map(from), Type::Object(to)) => {
            Type::object(to.attributes.iter().map(|(name, to)| (name.clone(), decide(from, to))))
        }
        (Type::Object(from), Type::Object(to)) => {
            Type::object(to.attributes.iter().map(|(name, to)| {
                let ty = from.attributes.get(name).map_or_else(|| to.clone(), |f| decide(f, to));
                (name.clone(), ty)
            }))
        }
        (Type::Set(from) | Type::List(from), Type::Set(to)) => Type::set(decide(from, to)),
        (Type::Tuple(from), Type::Set(to)) => Type::set(unified(&mut from.iter(), to)),
        (Type::Set(from) | Type::List(from), Type::List(to)) => Type::list(decide(from, to)),
        (Type::Tuple(from), Type::List(to)) => Type::list(unified(&mut from.iter(), to)),
        (Type::Tuple(from), Type::Tuple(to)) => {
            Type::tuple(from.iter().zip(to.iter()).map(|(f, t)| decide(f, t)))
        }
        _ => to.clone(),
    }
}
