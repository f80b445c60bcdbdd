//! Maps and objects: `keys`, `lookup`, `merge`, `transpose`, `values`, `zipmap`; and `coalesce`, which takes anything.

use super::call::strings;
use super::sequence::ty;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Marks, Str, Type, Value, unify};
use std::collections::BTreeMap;

const ANY: Parameter = Parameter::new("inputMap", Want::Any);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("coalesce", &[], Returns::From(coalesce_type), coalesce)
        .rest(Parameter::new("vals", Want::Any).unknown().dynamic().null())
        .never_null(),
    Function::new("keys", &[ANY.unknown().marked()], Returns::From(keys_type), keys).never_null(),
    Function::new(
        "lookup",
        &[ANY.marked().unknown(), Parameter::new("key", Want::String).marked().unknown()],
        Returns::From(lookup_type),
        lookup,
    )
    .rest(Parameter::new("default", Want::Any).unknown().dynamic().null().marked()),
    Function::new("merge", &[], Returns::From(merge_type), merge)
        .rest(Parameter::new("maps", Want::Any).dynamic().null().marked())
        .never_null(),
    Function::new(
        "transpose",
        &[Parameter::new("values", Want::MapOfListOfString)],
        Returns::Always(Want::MapOfListOfString),
        transpose,
    )
    .never_null(),
    Function::new(
        "values",
        &[Parameter::new("mapping", Want::Any).marked()],
        Returns::From(values_type),
        values,
    )
    .never_null(),
    Function::new(
        "zipmap",
        &[
            Parameter::new("keys", Want::ListOfString).marked(),
            Parameter::new("values", Want::Any).marked(),
        ],
        Returns::From(zipmap_type),
        zipmap,
    )
    .never_null(),
];

fn coalesce_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let types: Vec<Type> = arguments.iter().map(Value::ty).collect();
    let found = unify(types.iter(), true);
    found.map(|found| found.ty).ok_or_else(|| "all arguments must be of one type".into())
}

fn coalesce(call: &Call<'_>) -> Outcome {
    for argument in call.arguments {
        let value = argument.convert(&call.returns).map_err(|e| e.to_string())?;
        if value.is_unknown() {
            return Ok(call.unknown());
        }
        if !value.is_null() && value.as_str() != Some("") {
            return Ok(value);
        }
    }
    Err("every argument is null or an empty string".into())
}

fn keys_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 0) {
        Type::Map(_) => Ok(Type::list(Type::String)),
        Type::Object(of) => Ok(Type::tuple(of.attributes.keys().map(|_| Type::String))),
        _ => Err(Trouble::argument(0, "a map or object is required")),
    }
}

fn keys(call: &Call<'_>) -> Outcome {
    let map = call.at(0)?;
    let result = match map.ty() {
        Type::Object(of) => Value::tuple(of.attributes.keys().cloned().map(Value::string)),
        _ if map.is_unknown() => call.unknown(),
        _ => strings(map.entries().map(|(name, _)| name)),
    };
    Ok(result.with_marks(map.marks))
}

fn lookup_type(arguments: &[Value]) -> Result<Type, Trouble> {
    if arguments.len() > 3 {
        return Err(format!("two or three arguments are needed, not {}", arguments.len()).into());
    }
    match ty(arguments, 0) {
        Type::Object(of) => {
            let Some(name) = arguments.get(1).and_then(Value::as_str) else {
                return Ok(Type::Dynamic);
            };
            match (of.attributes.get(name), arguments.get(2)) {
                (Some(ty), _) => Ok(ty.clone()),
                (None, Some(default)) => Ok(default.ty()),
                (None, None) => {
                    Err(Trouble::argument(0, format!("the object has no attribute `{name}`")))
                }
            }
        }
        Type::Map(of) => {
            if let Some(default) = arguments.get(2)
                && default.convert(&of).is_err()
            {
                let message = "the default must be of the type of the map's elements";
                return Err(Trouble::argument(2, message));
            }
            Ok((*of).clone())
        }
        _ => Err(Trouble::argument(0, "a map or object is required")),
    }
}

fn lookup(call: &Call<'_>) -> Outcome {
    let (map, key) = (call.at(0)?, call.at(1)?);
    let marks = map.marks.with(key.marks);
    if map.is_unknown() || key.is_unknown() {
        return Ok(call.unknown().with_marks(marks));
    }
    let name = call.str(1)?;
    if let Some(found) = map.get(name) {
        return Ok(found.clone().with_marks(marks));
    }
    match call.arguments.get(2) {
        Some(default) => {
            let default = default.convert(&call.returns).map_err(|e| e.to_string())?;
            Ok(default.with_marks(marks))
        }
        None => Err(format!("there is no element `{name}`").into()),
    }
}

fn merge_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let Some(first) = arguments.first().map(Value::ty) else {
        return Ok(Type::object::<Str>([]));
    };
    let mut attributes: BTreeMap<Str, Type> = BTreeMap::new();
    let (mut same, mut known) = (true, true);
    for argument in arguments {
        let ty = argument.ty();
        match &ty {
            Type::Dynamic => return Ok(Type::Dynamic),
            Type::Object(of) if !argument.is_null() => {
                attributes.extend(of.attributes.iter().map(|(n, ty)| (n.clone(), ty.clone())));
            }
            Type::Map(_) if argument.is_unknown() => known = false,
            Type::Map(of) => {
                attributes.extend(argument.entries().map(|(n, _)| (n.clone(), (**of).clone())));
            }
            Type::Object(_) => {}
            other => {
                return Err(format!("a map or object is required, not {}", other.friendly()).into());
            }
        }
        same &= ty == first;
    }
    Ok(match (same, known) {
        (true, _) => first,
        (false, true) => Type::object(attributes),
        (false, false) => Type::Dynamic,
    })
}

#[expect(clippy::unnecessary_wraps, reason = "all functions have this shape")]
fn merge(call: &Call<'_>) -> Outcome {
    let mut merged: BTreeMap<Str, Value> = BTreeMap::new();
    let mut marks = Marks::NONE;
    for argument in call.arguments {
        if !argument.is_null() {
            marks = marks.with(argument.marks);
            merged.extend(argument.entries().map(|(name, value)| (name.clone(), value.clone())));
        }
    }
    let result = match &call.returns {
        Type::Map(of) => Value::map((**of).clone(), merged),
        _ => Value::object(merged),
    };
    Ok(result.with_marks(marks))
}

fn transpose(call: &Call<'_>) -> Outcome {
    let map = call.at(0)?;
    if !map.is_wholly_known() {
        return Ok(call.unknown());
    }
    let mut turned: BTreeMap<Str, Vec<Str>> = BTreeMap::new();
    for (name, list) in map.entries() {
        if list.is_null() {
            return Err(format!("the list of `{name}` is null").into());
        }
        for element in list.elements() {
            let text =
                element.as_str().ok_or_else(|| format!("the list of `{name}` holds a null"))?;
            turned.entry(text.into()).or_default().push(name.clone());
        }
    }
    let entries = turned.into_iter().map(|(name, from)| (name, strings(from)));
    Ok(Value::map(Type::list(Type::String), entries))
}

fn values_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 0) {
        Type::Map(of) => Ok(Type::list((*of).clone())),
        Type::Object(of) => Ok(Type::tuple(of.attributes.values().cloned())),
        _ => Err("a map or object is required".into()),
    }
}

fn values(call: &Call<'_>) -> Outcome {
    let map = call.at(0)?;
    let elements = map.entries().map(|(_, value)| value.clone());
    let result = match &call.returns {
        Type::List(of) => Value::list((**of).clone(), elements),
        _ => Value::tuple(elements),
    };
    Ok(result.with_marks(map.marks))
}

fn unequal(keys: usize, values: usize) -> Trouble {
    Trouble::new(format!("there are {keys} keys and {values} values"))
}

fn zipmap_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 1) {
        Type::List(of) => Ok(Type::map((*of).clone())),
        Type::Tuple(of) => {
            let Some(keys) = arguments.first().filter(|keys| keys.is_wholly_known()) else {
                return Ok(Type::Dynamic);
            };
            let count = keys.len().unwrap_or(0);
            if count != of.len() {
                return Err(unequal(count, of.len()));
            }
            let mut attributes = Vec::with_capacity(count);
            for (i, (key, ty)) in keys.elements().zip(of.iter()).enumerate() {
                let name = key.as_str().ok_or_else(|| format!("key {i} is null"))?;
                attributes.push((name, ty.clone()));
            }
            Ok(Type::object(attributes))
        }
        _ => Err("the values must be a list or tuple".into()),
    }
}

fn zipmap(call: &Call<'_>) -> Outcome {
    let (keys, values) = (call.at(0)?, call.at(1)?);
    let mut marks = keys.marks.with(values.marks);
    if !keys.is_wholly_known() {
        return Ok(call.unknown().with_marks(marks));
    }
    let (many, few) = (keys.len().unwrap_or(0), values.len().unwrap_or(0));
    if many != few {
        return Err(unequal(many, few));
    }
    let mut entries: BTreeMap<Str, Value> = BTreeMap::new();
    for (i, (key, value)) in keys.elements().zip(values.elements()).enumerate() {
        let name = key.as_str().ok_or_else(|| format!("key {i} is null"))?;
        marks = marks.with(key.marks);
        entries.insert(name.into(), value.clone());
    }
    let result = match &call.returns {
        Type::Map(of) => Value::map((**of).clone(), entries),
        _ => Value::object(entries),
    };
    Ok(result.with_marks(marks))
}
