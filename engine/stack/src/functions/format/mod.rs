//! `format` and `formatlist`.

mod number;
mod verb;

use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::eval::safe_prefix;
use crate::value::{Kind, Origin, Refinement, Type, Value};

const FORMAT: Parameter = Parameter::new("format", Want::String);
/// A plain `null` is of no type, and makes the result unknown, as in Terraform.
const ARGS: Parameter = Parameter::new("args", Want::Any).null().unknown();

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("format", &[FORMAT], Returns::Always(Want::String), format)
        .rest(ARGS)
        .never_null(),
    Function::new("formatlist", &[FORMAT], Returns::Always(Want::ListOfString), format_list)
        .rest(ARGS)
        .never_null(),
];

fn format(call: &Call<'_>) -> Outcome {
    let text = call.str(0)?;
    let arguments: Vec<&Value> = call.arguments.iter().skip(1).collect();
    if arguments.iter().all(|a| a.is_wholly_known()) {
        return Ok(Value::string(verb::format(text, &arguments)?));
    }
    // What stands before the first verb is known all the same.
    let prefix = text.split('%').next().filter(|before| before.len() < text.len()).unwrap_or("");
    let refinement = Refinement { prefix: safe_prefix(prefix), ..Refinement::not_null() };
    Ok(Value::refined(Type::String, Origin::Error, refinement))
}

/// One list argument, or a value that stays the same in each turn.
enum Column<'a> {
    Each(&'a [Value]),
    Same(&'a Value),
}

fn format_list(call: &Call<'_>) -> Outcome {
    let text = call.str(0)?;
    let mut columns = Vec::new();
    let mut length: Option<(usize, usize)> = None;
    let mut open = false;
    for (at, argument) in call.arguments.iter().enumerate().skip(1) {
        let sequence = matches!(argument.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_));
        if !sequence || argument.is_null() {
            open |= argument.as_unknown().is_some_and(|u| u.ty == Type::Dynamic);
            columns.push(Column::Same(argument));
            continue;
        }
        let uncertain = matches!(argument.kind, Kind::Set(..))
            && argument.len() > Some(1)
            && !argument.is_wholly_known();
        let known = match argument.ty() {
            Type::Tuple(of) => Some(of.len()),
            _ => argument.len().filter(|_| !uncertain),
        };
        let Some(own) = known else {
            open = true;
            continue;
        };
        match length {
            Some((first, other)) if own != other => {
                let message = format!("it has {own} elements, but argument {first} has {other}");
                return Err(Trouble::argument(at, message));
            }
            _ => length = length.or(Some((at, own))),
        }
        open |= argument.is_unknown();
        columns.push(Column::Each(argument.as_slice().unwrap_or_default()));
    }
    if open {
        return Ok(call.unknown());
    }
    let turns = length.map_or(1, |(_, length)| length);
    let mut results = Vec::with_capacity(turns);
    for turn in 0..turns {
        let arguments: Vec<&Value> = columns
            .iter()
            .filter_map(|column| match column {
                Column::Each(elements) => elements.get(turn),
                Column::Same(value) => Some(value),
            })
            .collect();
        results.push(if arguments.iter().all(|a| a.is_wholly_known()) {
            let formatted = verb::format(text, &arguments);
            let formatted = formatted.map_err(|t| format!("element {turn}: {}", t.message))?;
            call.environment.write(formatted.len())?;
            Value::string(formatted)
        } else {
            let origin = crate::eval::origin_of(arguments);
            Value::unknown_not_null(Type::String, origin)
        });
    }
    Ok(Value::list(Type::String, results))
}
