//! `==`, and sameness for tests and plans.

use super::{Kind, Refinement, Type, Value};

impl Value {
    /// `==` as Terraform has it: `None` when not known yet. Marks and places do not matter; nulls of all types are equal.
    pub fn equals(&self, other: &Self) -> Option<bool> {
        equal(self, other)
    }
}

pub(super) fn equal(a: &Value, b: &Value) -> Option<bool> {
    if a.is_null() && b.is_not_null() || b.is_null() && a.is_not_null() {
        return Some(false);
    }
    match (&a.kind, &b.kind) {
        (Kind::Unknown(_), Kind::Unknown(_)) => None,
        (Kind::Unknown(unknown), _) => {
            excluded(b, &unknown.ty, &unknown.refinement).then_some(false)
        }
        (_, Kind::Unknown(unknown)) => {
            excluded(a, &unknown.ty, &unknown.refinement).then_some(false)
        }
        (Kind::Null(_), Kind::Null(_)) => Some(true),
        (Kind::Null(_), _) | (_, Kind::Null(_)) => Some(false),
        (Kind::Bool(a), Kind::Bool(b)) => Some(a == b),
        (Kind::Number(a), Kind::Number(b)) => Some(a == b),
        (Kind::String(a), Kind::String(b)) => Some(a == b),
        _ => equal_structures(a, b),
    }
}

fn equal_structures(a: &Value, b: &Value) -> Option<bool> {
    let (ty, other) = (a.ty(), b.ty());
    if ty.has_dynamic() || other.has_dynamic() {
        let possible = conforms(&ty, &other) || conforms(&other, &ty);
        return if possible && a.has_open_type() | b.has_open_type() {
            None
        } else if ty == other {
            equal_parts(a, b)
        } else {
            Some(false)
        };
    }
    if ty == other { equal_parts(a, b) } else { Some(false) }
}

fn equal_parts(a: &Value, b: &Value) -> Option<bool> {
    match (&a.kind, &b.kind) {
        (Kind::Set(_, x), Kind::Set(_, y)) => {
            if x.iter().chain(y.iter()).any(Value::is_unknown) {
                return None;
            }
            let within = |x: &[Value], y: &[Value]| {
                x.iter().all(|e| y.iter().any(|o| equal(e, o) == Some(true)))
            };
            Some(x.len() == y.len() && (x == y || within(x, y) && within(y, x)))
        }
        (Kind::Map(_, x) | Kind::Object(x), Kind::Map(_, y) | Kind::Object(y)) => {
            if x.len() != y.len() || !x.keys().eq(y.keys()) {
                return Some(false);
            }
            all(x.values().zip(y.values()))
        }
        _ => {
            if a.len() != b.len() {
                return Some(false);
            }
            all(a.elements().zip(b.elements()))
        }
    }
}

/// Equal in all; unknown as soon as one comparison before the first difference is.
fn all<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Option<bool> {
    for (a, b) in pairs {
        match equal(a, b) {
            Some(true) => {}
            other => return other,
        }
    }
    Some(true)
}

impl Value {
    /// Something in it is of a type that is not decided yet: an unknown of any type.
    fn has_open_type(&self) -> bool {
        self.as_unknown().is_some_and(|u| u.ty.has_dynamic())
            || self.children().any(Self::has_open_type)
    }
}

/// What is certain about an unknown rules the known value out.
fn excluded(known: &Value, ty: &Type, is: &Refinement) -> bool {
    if known.is_null() {
        return is.not_null;
    }
    let outside = match &known.kind {
        Kind::String(text) => !text.starts_with(is.prefix.as_str()),
        Kind::Number(n) => {
            let below = is.min.as_ref().is_some_and(|(min, inclusive)| {
                n.compare(min).is_lt() || !inclusive && n.compare(min).is_eq()
            });
            let above = is.max.as_ref().is_some_and(|(max, inclusive)| {
                n.compare(max).is_gt() || !inclusive && n.compare(max).is_eq()
            });
            below || above
        }
        Kind::List(..) | Kind::Map(..) | Kind::Set(..) => {
            let len = known.len().unwrap_or(0) as u64;
            let certain = !matches!(known.kind, Kind::Set(..)) || known.is_wholly_known();
            is.max_len.is_some_and(|max| certain && len > max)
                || is.min_len.is_some_and(|min| len < min)
        }
        _ => false,
    };
    outside || !conforms(&known.ty(), ty)
}

/// `ty` is `to`, or would be if what is `any` in `to` were decided.
fn conforms(ty: &Type, to: &Type) -> bool {
    match (ty, to) {
        (_, Type::Dynamic) => true,
        (Type::List(a), Type::List(b))
        | (Type::Set(a), Type::Set(b))
        | (Type::Map(a), Type::Map(b)) => conforms(a, b),
        (Type::Tuple(a), Type::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| conforms(a, b))
        }
        (Type::Object(a), Type::Object(b)) => {
            let (a, b) = (&a.attributes, &b.attributes);
            a.keys().eq(b.keys()) && a.values().zip(b.values()).all(|(a, b)| conforms(a, b))
        }
        _ => ty == to,
    }
}

/// The same value: kinds, types, marks and what is certain about unknowns; never the place.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.marks == other.marks
            && match (&self.kind, &other.kind) {
                (Kind::Null(a), Kind::Null(b)) => a == b,
                (Kind::Bool(a), Kind::Bool(b)) => a == b,
                (Kind::Number(a), Kind::Number(b)) => a == b,
                (Kind::String(a), Kind::String(b)) => a == b,
                (Kind::List(t, a), Kind::List(u, b)) | (Kind::Set(t, a), Kind::Set(u, b)) => {
                    t == u && a == b
                }
                (Kind::Map(t, a), Kind::Map(u, b)) => t == u && a == b,
                (Kind::Tuple(a), Kind::Tuple(b)) => a == b,
                (Kind::Object(a), Kind::Object(b)) => a == b,
                (Kind::Unknown(a), Kind::Unknown(b)) => {
                    a.ty == b.ty && a.refinement == b.refinement
                }
                _ => false,
            }
    }
}

impl Eq for Value {}
