//! One step into a value: `.name` and `[key]`.

use super::blame::within;
use super::hole;
use crate::value::{Kind, Marks, Number, Origin, Step, Str, Type, Unknown, Value};
use std::sync::Arc;

/// Why a step leads nowhere.
pub(super) struct Astray {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: String,
}

impl Astray {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }
}

type Stepped = Result<Value, Astray>;

/// `on.name`
pub(super) fn attribute(on: &Value, name: &Str) -> Stepped {
    let found = match &on.kind {
        Kind::Null(_) => {
            return Err(Astray::new(
                "attribute-of-null",
                format!("this value is null, so it has no attribute `{name}`"),
                "give it a value, or test it against `null` first",
            ));
        }
        Kind::Object(attributes) => match attributes.get(name) {
            Some(value) => value.clone(),
            None => return Err(no_attribute(attributes.keys(), name)),
        },
        Kind::Map(_, entries) => match entries.get(name) {
            Some(value) => value.clone(),
            None => {
                return Err(Astray::new(
                    "missing-element",
                    format!("this map has no element `{name}`"),
                    "use `lookup` or `try` where it may be missing",
                ));
            }
        },
        Kind::Unknown(unknown) => match &unknown.ty {
            Type::Object(object) => match object.attributes.get(name) {
                Some(ty) => inside(unknown, ty.clone(), &Step::Attr(name.clone())),
                None => return Err(no_attribute(object.attributes.keys(), name)),
            },
            Type::Map(of) => inside(unknown, (**of).clone(), &Step::Attr(name.clone())),
            Type::Dynamic => inside(unknown, Type::Dynamic, &Step::Attr(name.clone())),
            other => return Err(not_an_object(other, name)),
        },
        _ => return Err(not_an_object(&on.ty(), name)),
    };
    Ok(part_of(on, found))
}

/// `on[key]`
pub(super) fn index(on: &Value, key: &Value) -> Stepped {
    let wrong = |message: String, help: &str| Astray::new("invalid-index", message, help);
    if on.is_null() {
        return Err(Astray::new(
            "index-of-null",
            "this value is null, so it has no elements",
            "give it a value, or test it against `null` first",
        ));
    }
    if key.is_null() {
        return Err(wrong("the key is null".into(), "give the key a value"));
    }
    let ty = on.outer_type();
    let origin = match on.as_unknown() {
        Some(unknown) => unknown.origin.clone(),
        None => super::blame::origin_of([key]),
    };
    if ty == Type::Dynamic || key.as_unknown().is_some_and(|u| u.ty == Type::Dynamic) {
        let step = on.as_unknown().map(|u| u.origin.step(&step_of(key)));
        return Ok(part_of(on, Value::unknown(Type::Dynamic, step.unwrap_or(origin))));
    }
    let found = match &ty {
        Type::List(_) | Type::Tuple(_) => {
            let number = key.convert(&Type::Number).map_err(|_| {
                wrong(
                    format!("a {} has no key of type {}", ty.friendly(), key.ty().friendly()),
                    "elements are counted from 0",
                )
            })?;
            sequence(on, &ty, &number, &origin)?
        }
        Type::Map(_) | Type::Object(_) => {
            let name = key.convert(&Type::String).map_err(|_| {
                wrong(
                    format!("a key must be a string, not {}", key.ty().friendly()),
                    "use the name of an element",
                )
            })?;
            named(on, &ty, &name, &origin)?
        }
        Type::Set(_) => {
            return Err(wrong(
                "a set has no keys: its elements are known by their values alone".into(),
                "go through it with `for`, or turn it into a list with `tolist`",
            ));
        }
        _ => {
            return Err(wrong(
                format!("a {} has no elements", ty.friendly()),
                "only lists, tuples, maps and objects have",
            ));
        }
    };
    // A key's marks spread only where the key chose among elements; an attribute of an object is not hidden by its name.
    let chose = !key.is_unknown() && (!on.is_unknown() || matches!(ty, Type::Tuple(_)));
    let marks = if chose && !matches!(ty, Type::Object(_)) { key.marks } else { Marks::NONE };
    Ok(part_of(on, found).with_marks(marks))
}

fn sequence(on: &Value, ty: &Type, key: &Value, origin: &Origin) -> Stepped {
    let any = match ty {
        Type::List(of) => (**of).clone(),
        _ => Type::Dynamic,
    };
    let length = match (ty, on.as_unknown()) {
        (Type::Tuple(of), Some(_)) => Some(of.len()),
        _ => on.len(),
    };
    let Some(number) = key.as_number() else {
        let at = on.as_unknown().map_or_else(|| origin.clone(), |u| u.origin.step(&Step::Any));
        return Ok(Value::unknown(any, at));
    };
    let Some(length) = length else {
        let step = number.as_usize().map_or(Step::Any, |at| Step::Index(at as u64));
        return Ok(Value::unknown(any, origin.step(&step)));
    };
    let at = number.as_usize().filter(|at| *at < length);
    let Some(at) = at else { return Err(out_of_range(number, length, !key.marks.is_empty())) };
    Ok(match (on.index(at), ty, on.as_unknown()) {
        (Some(found), _, _) => found.clone(),
        (None, Type::Tuple(of), Some(unknown)) => {
            inside(unknown, of.get(at).cloned().unwrap_or(Type::Dynamic), &Step::Index(at as u64))
        }
        _ => hole(),
    })
}

fn out_of_range(number: &Number, length: usize, hidden: bool) -> Astray {
    let message = if !number.is_integer() {
        "an index must be a whole number".to_owned()
    } else if number.is_negative() {
        "an index cannot be negative".to_owned()
    } else if length == 0 {
        "there are no elements, so no index is valid".to_owned()
    } else if hidden {
        format!("this index is past the end: there are {length} elements")
    } else {
        format!("there is no element {number}: there are {length}, counted from 0")
    };
    Astray::new("invalid-index", message, "check the index against `length(…)`, or use `try`")
}

fn named(on: &Value, ty: &Type, key: &Value, origin: &Origin) -> Stepped {
    let Some(name) = key.as_str() else {
        let of = match ty {
            Type::Map(of) => (**of).clone(),
            _ => Type::Dynamic,
        };
        let at = on.as_unknown().map_or_else(|| origin.clone(), |u| u.origin.step(&Step::Any));
        return Ok(Value::unknown(of, at));
    };
    if let Some(found) = on.get(name) {
        return Ok(found.clone());
    }
    match (ty, on.as_unknown()) {
        (Type::Map(of), Some(unknown)) => {
            Ok(inside(unknown, (**of).clone(), &Step::Attr(name.into())))
        }
        (Type::Object(_), Some(unknown)) => {
            // As Terraform: indexing an unknown object says nothing, unlike its attribute syntax.
            Ok(inside(unknown, Type::Dynamic, &Step::Attr(name.into())))
        }
        _ => {
            let message = if key.marks.is_empty() {
                format!("there is no element `{name}`")
            } else {
                "there is no element of that name".to_owned()
            };
            Err(Astray::new(
                "invalid-index",
                message,
                "use `lookup` or `try` where it may be missing",
            ))
        }
    }
}

/// A part with the marks of the whole, and the whole's way prepended to its own.
pub(super) fn part_of(whole: &Value, part: Value) -> Value {
    let blame = if whole.blame.via.is_some() || part.blame.at.is_none() {
        within(&part.blame, &whole.blame)
    } else {
        part.blame.clone()
    };
    part.with_marks(whole.marks).with_blame(blame)
}

fn step_of(key: &Value) -> Step {
    match &key.kind {
        Kind::String(name) => Step::Attr(name.clone()),
        Kind::Number(n) => n.as_usize().map_or(Step::Any, |at| Step::Index(at as u64)),
        _ => Step::Any,
    }
}

/// An unknown part of an unknown whole.
pub(super) fn inside(whole: &Unknown, ty: Type, step: &Step) -> Value {
    Value::unknown(ty, whole.origin.step(step))
}

impl Origin {
    /// The origin of a part. Both branches of a condition are followed, though not through conditions within conditions
    /// without end: each level would double the work.
    pub(crate) fn step(&self, step: &Step) -> Self {
        self.step_within(step, 4)
    }

    fn step_within(&self, step: &Step, levels: u32) -> Self {
        match self {
            Self::Resource { address, path } => Self::Resource {
                address: Arc::clone(address),
                path: path.iter().cloned().chain([step.clone()]).collect(),
            },
            Self::Conditional { test, decider, then, otherwise } => match levels.checked_sub(1) {
                None => Self::Derived(Arc::from([])),
                Some(left) => Self::Conditional {
                    test: *test,
                    decider: Arc::clone(decider),
                    then: Arc::new(branch(then, step, left)),
                    otherwise: Arc::new(branch(otherwise, step, left)),
                },
            },
            other => other.clone(),
        }
    }
}

/// A step into one branch of a condition.
fn branch(value: &Value, step: &Step, levels: u32) -> Value {
    if let Some(unknown) = value.as_unknown() {
        let ty = match (&unknown.ty, step) {
            (Type::Object(object), Step::Attr(name)) => object.attributes.get(name).cloned(),
            (ty, _) => ty.element().cloned(),
        };
        let origin = unknown.origin.step_within(step, levels);
        return Value::unknown(ty.unwrap_or(Type::Dynamic), origin);
    }
    let found = match step {
        Step::Attr(name) => value.get(name),
        Step::Index(at) => usize::try_from(*at).ok().and_then(|at| value.index(at)),
        Step::Any => None,
    };
    found.map_or_else(hole, |part| part_of(value, part.clone()))
}

fn no_attribute<'a>(names: impl Iterator<Item = &'a Str>, name: &Str) -> Astray {
    let names: Vec<&str> = names.map(Str::as_str).collect();
    let help = match schema::closest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "it has no attributes at all".to_owned(),
        None if names.len() <= 12 => format!("it has `{}`", names.join("`, `")),
        None => "check the spelling".to_owned(),
    };
    Astray::new("unknown-attribute", format!("this object has no attribute `{name}`"), help)
}

fn not_an_object(ty: &Type, name: &Str) -> Astray {
    let inner = ty.element().is_some_and(|of| matches!(of, Type::Object(_)));
    let help = match ty {
        Type::List(_) if inner => {
            format!(
                "take one element, `[0].{name}`, or that attribute of all of them, `[*].{name}`"
            )
        }
        Type::Set(_) if inner => format!("take that attribute of all elements: `[*].{name}`"),
        _ => "only objects and maps have attributes".to_owned(),
    };
    let message = format!("a {} has no attribute `{name}`", ty.friendly());
    Astray::new("unknown-attribute", message, help)
}
