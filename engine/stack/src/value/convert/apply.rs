//! Converting the value itself, once the types are known to allow it.

use super::undecided::decide;
use super::unify::unify;
use super::{ConvertError, mismatch};
use crate::value::{Kind, ObjectType, Refinement, Step, Str, Type, Unknown, Value};
use std::borrow::Cow;
use std::sync::Arc;

type Converted = Result<Value, ConvertError>;

/// Converts; `to` may say `optional`, the result never does. Marks and place stay on the value.
pub(super) fn apply(value: &Value, to: &Type) -> Converted {
    let kind = match (&value.kind, to) {
        (_, Type::Dynamic)
        | (Kind::Bool(_), Type::Bool)
        | (Kind::Number(_), Type::Number)
        | (Kind::String(_), Type::String) => return Ok(value.clone()),
        (Kind::Unknown(unknown), _) => convert_unknown(unknown, to).kind,
        (Kind::Null(from), _) => Kind::Null(decide(from, &to.without_optional())),
        (Kind::Bool(b), Type::String) => Kind::String(if *b { "true" } else { "false" }.into()),
        (Kind::Number(n), Type::String) => Kind::String(ecow::eco_format!("{n}")),
        (Kind::String(text), Type::Number) => {
            let number = text.parse().map_err(|_| ConvertError::new("a number is required"))?;
            Kind::Number(number)
        }
        (Kind::String(text), Type::Bool) => Kind::Bool(bool_of(text)?),
        (Kind::Set(from, _), Type::List(_)) if uncertain_length(value) => {
            // Unknown elements may turn out to be repeats: how many there will be is open.
            let unknown = value.unknown_part();
            let origin = unknown.map(|u| u.origin.clone()).unwrap_or_default();
            Value::unknown(Type::list(from.clone()), origin).kind
        }
        (Kind::List(from, list) | Kind::Set(from, list), Type::List(of)) => {
            let elements = each(list, of)?;
            let (ty, elements) = settle(elements, of, from)?;
            Kind::List(ty, elements.into())
        }
        (Kind::List(from, list) | Kind::Set(from, list), Type::Set(of)) => {
            let (ty, elements) = settle(each(list, of)?, of, from)?;
            return Ok(set_like(value, ty, elements));
        }
        (Kind::Tuple(list), Type::List(of)) => {
            let of = common(list.iter(), of)?;
            let elements = unified(each(list, &of)?)?;
            let (ty, elements) = settle(elements, &of, &of)?;
            Kind::List(ty, elements.into())
        }
        (Kind::Tuple(list), Type::Set(of)) => {
            let of = common(list.iter(), of)?;
            let (ty, elements) = settle(each(list, &of)?, &of, &of)?;
            return Ok(set_like(value, ty, elements));
        }
        (Kind::Tuple(list), Type::Tuple(of)) => {
            let pairs = (0..).zip(list.iter().zip(of.iter()));
            let elements: Result<_, _> =
                pairs.map(|(i, (v, ty))| inner(v, ty, Step::Index(i))).collect();
            Kind::Tuple(elements?)
        }
        (Kind::Map(from, entries), Type::Map(of)) => {
            let converted =
                entries.iter().map(|(k, v)| Ok((k, inner(v, of, Step::Attr(k.clone()))?)));
            let (keys, values) = unzip(converted)?;
            let values = if nests(of) { unified(values)? } else { values };
            let (ty, values) = settle(values, of, from)?;
            Kind::Map(ty, Arc::new(keys.into_iter().zip(values).collect()))
        }
        (Kind::Object(attributes), Type::Map(of)) => {
            let of = common(attributes.values(), of)?;
            let converted =
                attributes.iter().map(|(k, v)| Ok((k, inner(v, &of, Step::Attr(k.clone()))?)));
            let (keys, values) = unzip(converted)?;
            let values = if nests(&of) { unified(values)? } else { values };
            let (ty, values) = settle(values, &of, &of)?;
            Kind::Map(ty, Arc::new(keys.into_iter().zip(values).collect()))
        }
        (Kind::Map(..) | Kind::Object(_), Type::Object(of)) => object(value, of)?,
        _ => return Err(mismatch(&value.ty(), to)),
    };
    Ok(Value { kind, marks: value.marks, blame: value.blame.clone() })
}

/// Converts a part that may be of any type: what the types allowed as `any` is checked here.
fn inner(value: &Value, to: &Type, step: Step) -> Converted {
    value.convert(to).map_err(|e| e.within(step))
}

fn each(list: &[Value], to: &Type) -> Result<Vec<Value>, ConvertError> {
    (0..).zip(list).map(|(i, value)| inner(value, to, Step::Index(i))).collect()
}

fn unzip<'a>(
    pairs: impl Iterator<Item = Result<(&'a Str, Value), ConvertError>>,
) -> Result<(Vec<Str>, Vec<Value>), ConvertError> {
    let pairs: Result<Vec<_>, _> = pairs.collect();
    Ok(pairs?.into_iter().map(|(key, value)| (key.clone(), value)).unzip())
}

fn nests(ty: &Type) -> bool {
    ty.is_collection() || matches!(ty, Type::Object(_))
}

/// The element type to convert to: the wanted one, or what all the values have in common when it is `any`.
fn common<'a, 't>(
    values: impl Iterator<Item = &'a Value>,
    wanted: &'t Type,
) -> Result<Cow<'t, Type>, ConvertError> {
    if *wanted != Type::Dynamic {
        return Ok(Cow::Borrowed(wanted));
    }
    let types: Vec<Type> = values.map(Value::ty).collect();
    if types.is_empty() {
        return Ok(Cow::Borrowed(wanted));
    }
    let found = unify(types.iter(), true);
    found.map(|found| Cow::Owned(found.ty)).ok_or_else(|| ConvertError::new(ONE_TYPE))
}

const ONE_TYPE: &str = "all the elements must have one type";

/// Brings elements whose wanted type was open inside to one type.
fn unified(values: Vec<Value>) -> Result<Vec<Value>, ConvertError> {
    let types: Vec<Type> = values.iter().map(Value::ty).collect();
    if types.windows(2).all(|pair| matches!(pair, [a, b] if a == b)) {
        return Ok(values);
    }
    let found = unify(types.iter(), true).ok_or_else(|| ConvertError::new(ONE_TYPE))?;
    (0..).zip(&values).map(|(i, value)| inner(value, &found.ty, Step::Index(i))).collect()
}

/// The element type of a finished collection. An element of any type takes on the others' type.
fn settle(
    values: Vec<Value>,
    wanted: &Type,
    from: &Type,
) -> Result<(Type, Vec<Value>), ConvertError> {
    if values.is_empty() {
        let ty = if *wanted == Type::Dynamic { from } else { wanted };
        return Ok((ty.without_optional(), values));
    }
    same_type(values).ok_or_else(|| ConvertError::new(ONE_TYPE))
}

/// The one type of some values, and the values with it: nulls and unknowns of any type take it on. None when they differ.
pub(crate) fn same_type(mut values: Vec<Value>) -> Option<(Type, Vec<Value>)> {
    let mut ty = Type::Dynamic;
    for value in &values {
        let own = value.ty();
        if ty == Type::Dynamic {
            ty = own;
        } else if own != Type::Dynamic && own != ty {
            return None;
        }
    }
    if ty != Type::Dynamic {
        for value in &mut values {
            match &value.kind {
                Kind::Null(Type::Dynamic) => value.kind = Kind::Null(ty.clone()),
                Kind::Unknown(unknown) if unknown.ty == Type::Dynamic => {
                    value.kind = Value::unknown(ty.clone(), unknown.origin.clone()).kind;
                }
                _ => {}
            }
        }
    }
    Some((ty, values))
}

fn set_like(value: &Value, ty: Type, elements: Vec<Value>) -> Value {
    Value::set(ty, elements).with_marks(value.marks).with_blame(value.blame.clone())
}

fn uncertain_length(set: &Value) -> bool {
    set.len() > Some(1) && !set.is_wholly_known()
}

fn object(value: &Value, to: &ObjectType) -> Result<Kind, ConvertError> {
    let mut attributes = Vec::with_capacity(to.attributes.len());
    for (name, ty) in &to.attributes {
        let attribute = match value.get(name) {
            Some(part) => inner(part, ty, Step::Attr(name.clone()))?,
            None if to.optional.contains(name) => Value::null(ty.without_optional()),
            None => return Err(ConvertError::new(format!("attribute `{name}` is required"))),
        };
        attributes.push((name.clone(), attribute));
    }
    Ok(Value::object(attributes).kind)
}

fn bool_of(text: &str) -> Result<bool, ConvertError> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") => {
            let lower = text.to_ascii_lowercase();
            Err(ConvertError::new(format!("a bool is required; write `{lower}` in lower case")))
        }
        _ => Err(ConvertError::new("a bool is required")),
    }
}

/// An unknown of the wanted type; what is certain about its length stays certain.
fn convert_unknown(unknown: &Unknown, to: &Type) -> Value {
    let from = &unknown.ty;
    let to = decide(from, &to.without_optional());
    let mut known = Refinement { not_null: unknown.refinement.not_null, ..Refinement::default() };
    let is = &unknown.refinement;
    if (from, &to) == (&Type::String, &Type::String) {
        known.suffix = is.suffix.clone();
    }
    (known.min_len, known.max_len) = match (from, &to) {
        (Type::Object(from), Type::Map(_)) => exactly(from.attributes.len()),
        (Type::Tuple(from), Type::List(_)) => exactly(from.len()),
        (Type::Tuple(from), Type::Set(_)) => {
            (Some(from.len().min(1) as u64), Some(from.len() as u64))
        }
        (_, Type::Set(_)) if from.is_collection() => (is.min_len.map(|n| n.min(1)), is.max_len),
        _ if from.is_collection() && to.is_collection() => (is.min_len, is.max_len),
        _ => (None, None),
    };
    Value::refined(to, unknown.origin.clone(), known)
}

fn exactly(length: usize) -> (Option<u64>, Option<u64>) {
    (Some(length as u64), Some(length as u64))
}
