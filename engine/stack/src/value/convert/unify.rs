//! The one type that several can be converted to.

use super::possible;
use crate::value::{Str, Type};
use indexmap::IndexSet;
use std::collections::BTreeMap;

/// What several types have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unified {
    /// The type.
    pub ty: Type,
    /// Nothing can be said before a type that is `any` is decided: values must be taken as unknown.
    pub undecided: bool,
}

impl Unified {
    fn known(ty: Type) -> Self {
        Self { ty, undecided: false }
    }
}

/// Finds the most general type among or above `types`; none when there is no common one, or no type at all.
pub fn unify<'a>(types: impl Iterator<Item = &'a Type>, lossy: bool) -> Option<Unified> {
    let distinct: IndexSet<&Type> = types.collect();
    let types: Vec<&Type> = distinct.into_iter().collect();
    if let [only] = types.as_slice() {
        return Some(Unified::known((*only).clone()));
    }
    let count = |is: fn(&Type) -> bool| types.iter().filter(|ty| is(ty)).count();
    let maps = count(|ty| matches!(ty, Type::Map(_)));
    let lists = count(|ty| matches!(ty, Type::List(_)));
    let sets = count(|ty| matches!(ty, Type::Set(_)));
    let objects = count(|ty| matches!(ty, Type::Object(_)));
    let tuples = count(|ty| matches!(ty, Type::Tuple(_)));
    let open = count(|ty| *ty == Type::Dynamic);
    let all = types.len();
    let undecided = || Some(Unified { ty: Type::Dynamic, undecided: true });
    match () {
        () if maps > 0 && maps + open == all => {
            if open > 0 {
                undecided()
            } else {
                elements(&types, Type::map, lossy)
            }
        }
        () if lists > 0 && lists + open == all => {
            if open > 0 {
                undecided()
            } else {
                elements(&types, Type::list, lossy)
            }
        }
        () if sets > 0 && sets + open == all => {
            if open > 0 {
                undecided()
            } else {
                elements(&types, Type::set, lossy)
            }
        }
        () if objects > 0 && objects + open == all => {
            if open > 0 {
                undecided()
            } else {
                object_types(&types, lossy)
            }
        }
        () if tuples > 0 && tuples + open == all => {
            if open > 0 {
                undecided()
            } else {
                tuple_types(&types, lossy)
            }
        }
        () if maps > 0 && maps + objects + open == all => {
            let as_map = |ty: &&Type| matches!(ty, Type::Object(_));
            disguised(&types, as_map, |of| object_types_to_map(of, lossy), lossy)
                .filter(|found| matches!(found.ty, Type::Map(_)))
                .or_else(|| preferred(&types, lossy))
        }
        () if lists > 0 && lists + tuples + open == all => {
            let as_list = |ty: &&Type| matches!(ty, Type::Tuple(_));
            disguised(&types, as_list, |of| tuple_types_to_list(of, lossy), lossy)
                .filter(|found| matches!(found.ty, Type::List(_)))
                .or_else(|| preferred(&types, lossy))
        }
        () if objects > 0 && tuples > 0 => None,
        () => preferred(&types, lossy),
    }
}

/// Collections of one kind: their element types decide.
fn elements(types: &[&Type], of: fn(Type) -> Type, lossy: bool) -> Option<Unified> {
    let inner = unify(types.iter().filter_map(|ty| ty.element()), lossy)?;
    reachable(types, of(inner.ty), lossy)
}

/// `ty`, when every one of `types` can be converted to it.
fn reachable(types: &[&Type], ty: Type, lossy: bool) -> Option<Unified> {
    let all = types.iter().all(|from| **from == ty || possible(from, &ty, lossy));
    all.then(|| Unified::known(ty))
}

/// Objects with the same attributes unify attribute by attribute; others as maps.
fn object_types(types: &[&Type], lossy: bool) -> Option<Unified> {
    let attributes = |ty: &Type| match ty {
        Type::Object(object) => object.attributes.clone(),
        _ => BTreeMap::new(),
    };
    let all: Vec<BTreeMap<Str, Type>> = types.iter().map(|ty| attributes(ty)).collect();
    let first = all.first()?;
    if !all.iter().all(|other| other.keys().eq(first.keys())) {
        return object_types_to_map(types, lossy);
    }
    let mut found = Vec::with_capacity(first.len());
    for name in first.keys() {
        let across = all.iter().filter_map(|attributes| attributes.get(name));
        found.push((name.clone(), unify(across, lossy)?.ty));
    }
    reachable(types, Type::object(found), lossy).or_else(|| object_types_to_map(types, lossy))
}

fn object_types_to_map(types: &[&Type], lossy: bool) -> Option<Unified> {
    let across = types.iter().flat_map(|ty| match ty {
        Type::Object(object) => object.attributes.values().collect(),
        _ => Vec::new(),
    });
    reachable(types, Type::map(unify(across, lossy)?.ty), lossy)
}

/// Tuples of one length unify element by element; others as lists.
fn tuple_types(types: &[&Type], lossy: bool) -> Option<Unified> {
    let elements = |ty: &Type| match ty {
        Type::Tuple(elements) => elements.to_vec(),
        _ => Vec::new(),
    };
    let all: Vec<Vec<Type>> = types.iter().map(|ty| elements(ty)).collect();
    let length = all.first()?.len();
    if all.iter().any(|other| other.len() != length) {
        return tuple_types_to_list(types, lossy);
    }
    let mut found = Vec::with_capacity(length);
    for i in 0..length {
        found.push(unify(all.iter().filter_map(|elements| elements.get(i)), lossy)?.ty);
    }
    reachable(types, Type::tuple(found), lossy).or_else(|| tuple_types_to_list(types, lossy))
}

fn tuple_types_to_list(types: &[&Type], lossy: bool) -> Option<Unified> {
    let across = types.iter().flat_map(|ty| match ty {
        Type::Tuple(elements) => elements.iter().collect(),
        _ => Vec::new(),
    });
    reachable(types, Type::list(unify(across, lossy)?.ty), lossy)
}

/// Objects among maps are often maps in disguise, tuples among lists lists: those are unified first, then all together.
fn disguised(
    types: &[&Type],
    is: impl Fn(&&Type) -> bool,
    undisguise: impl Fn(&[&Type]) -> Option<Unified>,
    lossy: bool,
) -> Option<Unified> {
    let (hidden, plain): (Vec<&Type>, Vec<&Type>) = types.iter().copied().partition(is);
    let shown = undisguise(&hidden)?.ty;
    unify(std::iter::once(&shown).chain(plain), lossy)
}

/// The most general of the types that all others can be converted to.
fn preferred(types: &[&Type], lossy: bool) -> Option<Unified> {
    let mut order: Vec<&Type> = Vec::with_capacity(types.len());
    let mut left: Vec<&Type> = types.to_vec();
    // Again and again the first one that none of the rest is more general than.
    while !left.is_empty() {
        let top = left.iter().position(|a| left.iter().all(|b| generality(b, a) >= 0));
        let Some(top) = top else { break };
        order.push(left.remove(top));
    }
    order.iter().find_map(|want| reachable(types, (*want).clone(), lossy))
}

/// Below zero when `a` is more general than `b`, above when less, zero when neither.
fn generality(a: &Type, b: &Type) -> i8 {
    match (a, b) {
        (Type::Dynamic, Type::Dynamic) => 0,
        (Type::Dynamic, _)
        | (Type::Bool | Type::Number, Type::String)
        | (Type::Set(_), Type::Tuple(_) | Type::List(_))
        | (Type::Tuple(_), Type::List(_))
        | (Type::Object(_), Type::Map(_)) => 1,
        (_, Type::Dynamic)
        | (Type::String, Type::Bool | Type::Number)
        | (Type::Tuple(_) | Type::List(_), Type::Set(_))
        | (Type::List(_), Type::Tuple(_))
        | (Type::Map(_), Type::Object(_)) => -1,
        (Type::List(a), Type::List(b))
        | (Type::Set(a), Type::Set(b))
        | (Type::Map(a), Type::Map(b)) => generality(a, b),
        (Type::Object(a), Type::Object(b)) if a.attributes.keys().eq(b.attributes.keys()) => {
            overall(a.attributes.values().zip(b.attributes.values()))
        }
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => overall(a.iter().zip(b.iter())),
        _ => 0,
    }
}

/// More general in some parts and less in none, or the other way round.
fn overall<'a>(pairs: impl Iterator<Item = (&'a Type, &'a Type)>) -> i8 {
    let parts: Vec<i8> = pairs.map(|(a, b)| generality(a, b)).collect();
    match (parts.iter().any(|p| *p < 0), parts.iter().any(|p| *p > 0)) {
        (true, false) => -1,
        (false, true) => 1,
        _ => 0,
    }
}
