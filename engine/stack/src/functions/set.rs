//! Sets: `setintersection`, `setproduct`, `setsubtract`, `setunion`.

use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::eval::MOST_PARTS;
use crate::value::{Kind, Marks, Origin, Refinement, Type, Value, unify};

const fn set(name: &'static str) -> Parameter {
    Parameter::new(name, Want::SetOfAny).dynamic()
}

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("setintersection", &[set("first_set")], Returns::From(common), |c| {
        combine(c, false, |kept, other| kept.into_iter().filter(|e| holds(other, e)).collect())
    })
    .rest(set("other_sets"))
    .never_null(),
    Function::new("setproduct", &[], Returns::From(product_type), product)
        .rest(Parameter::new("sets", Want::Any).marked().unknown())
        .never_null(),
    Function::new("setsubtract", &[set("a"), set("b")], Returns::From(common), |c| {
        combine(c, false, |kept, other| kept.into_iter().filter(|e| !holds(other, e)).collect())
    })
    .never_null(),
    Function::new("setunion", &[set("first_set")], Returns::From(common), |c| {
        combine(c, true, |mut kept, other| {
            kept.extend(other.elements().cloned());
            kept
        })
    })
    .rest(set("other_sets"))
    .never_null(),
];

fn holds(set: &Value, element: &Value) -> bool {
    set.elements().any(|other| other.equals(element) == Some(true))
}

/// The set that all sets can be: empty ones of any type do not matter.
fn common(arguments: &[Value]) -> Result<Type, Trouble> {
    let mut elements = Vec::new();
    for argument in arguments {
        let Type::Set(of) = argument.ty() else { return Ok(Type::set(Type::Dynamic)) };
        if !(argument.is_empty() && *of == Type::Dynamic) {
            elements.push((*of).clone());
        }
    }
    if elements.is_empty() {
        return Ok(Type::set(Type::Dynamic));
    }
    let found = unify(elements.iter(), true);
    found
        .map(|found| Type::set(found.ty))
        .ok_or_else(|| "the sets must hold elements of one type".into())
}

fn combine(call: &Call<'_>, open: bool, step: fn(Vec<Value>, &Value) -> Vec<Value>) -> Outcome {
    let mut kept: Option<(Type, Vec<Value>)> = None;
    for (at, argument) in call.arguments.iter().enumerate() {
        let set =
            argument.convert(&call.returns).map_err(|e| Trouble::argument(at, e.to_string()))?;
        if !open && !set.is_wholly_known() {
            return Ok(call.unknown());
        }
        let of = set.ty();
        kept = Some(match kept {
            None => (of, set.elements().cloned().collect()),
            Some((first, so_far)) if first == of => (first, step(so_far, &set)),
            Some(_) => return Err("the sets must hold elements of one type".into()),
        });
    }
    let Type::Set(of) = &call.returns else { return Ok(call.unknown()) };
    let kept = kept.map(|(_, elements)| elements).unwrap_or_default();
    Ok(Value::set((**of).clone(), kept))
}

fn product_type(arguments: &[Value]) -> Result<Type, Trouble> {
    if arguments.len() < 2 {
        return Err("at least two arguments are required".into());
    }
    let mut ordered = true;
    let mut elements = Vec::with_capacity(arguments.len());
    for (at, argument) in arguments.iter().enumerate() {
        elements.push(match argument.ty() {
            Type::Set(of) => {
                ordered = false;
                (*of).clone()
            }
            Type::List(of) => (*of).clone(),
            Type::Tuple(of) if of.is_empty() => Type::Dynamic,
            Type::Tuple(of) => {
                let found = unify(of.iter(), true);
                found.ok_or_else(|| Trouble::argument(at, "all elements must be of one type"))?.ty
            }
            _ => return Err(Trouble::argument(at, "a set or list is required")),
        });
    }
    let element = Type::tuple(elements);
    Ok(if ordered { Type::list(element) } else { Type::set(element) })
}

fn product(call: &Call<'_>) -> Outcome {
    let (Type::List(of) | Type::Set(of)) = &call.returns else { return Ok(call.unknown()) };
    let Type::Tuple(columns) = &**of else { return Ok(call.unknown()) };
    let marks = call.arguments.iter().fold(Marks::NONE, |marks, a| marks.with(a.marks));
    let uncertain = |a: &Value| {
        a.is_unknown()
            || matches!(a.kind, Kind::Set(..)) && a.len() > Some(1) && !a.is_wholly_known()
    };
    if call.arguments.iter().any(uncertain) {
        let length = longest_product(call.arguments);
        let unknown = Value::refined(call.returns.clone(), Origin::Error, length);
        return Ok(unknown.with_marks(marks));
    }
    let total = call.arguments.iter().try_fold(1usize, |total, a| total.checked_mul(a.len()?));
    let parts = |total: usize| (total as u64).saturating_mul(call.arguments.len() as u64 + 1);
    let total = total.filter(|total| parts(*total) <= MOST_PARTS);
    let total = total.ok_or("the product would be too large")?;
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for (argument, ty) in call.arguments.iter().zip(columns.iter()) {
        let converted: Result<Vec<Value>, _> = argument.elements().map(|e| e.convert(ty)).collect();
        let converted = converted.map_err(|e| e.to_string())?;
        let mut longer = Vec::with_capacity(total.min(rows.len() * converted.len()));
        for row in &rows {
            for element in &converted {
                longer.push(row.iter().cloned().chain([element.clone()]).collect());
            }
        }
        rows = longer;
    }
    let rows = rows.into_iter().map(Value::tuple);
    let result = match &call.returns {
        Type::List(_) => Value::list((**of).clone(), rows),
        _ => Value::set((**of).clone(), rows),
    };
    Ok(result.with_marks(marks))
}

/// How long the product of unknown sets may be, where that can be told; the limits are Terraform's.
fn longest_product(arguments: &[Value]) -> Refinement {
    let mut most: u64 = 1;
    for argument in arguments {
        let length = match argument.ty() {
            Type::Tuple(of) => Some(of.len() as u64),
            _ => argument.range().max_len,
        };
        match length {
            Some(length) if length <= 1024 && most * length <= 2048 => most *= length,
            _ => return Refinement::not_null(),
        }
    }
    Refinement { min_len: Some(most.min(1)), max_len: Some(most), ..Refinement::not_null() }
}
