//! `jsondecode` and `jsonencode`.

use super::string::{LONGEST, STR};
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Kind, Origin, Refinement, Type, Value};
use serde_json::Value as Json;
use std::fmt::Write;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("jsondecode", &[STR], Returns::From(decoded_type), decode),
    Function::new(
        "jsonencode",
        &[Parameter::new("val", Want::Any).null().unknown().dynamic()],
        Returns::Always(Want::String),
        encode,
    )
    .never_null(),
];

/// The first character tells the type of an unknown document.
fn decoded_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let Some(unknown) = arguments.first().and_then(Value::as_unknown) else {
        return Ok(Type::Dynamic);
    };
    match unknown.refinement.prefix.trim().chars().next() {
        None | Some('{' | '[' | 'n') => Ok(Type::Dynamic),
        Some('"') => Ok(Type::String),
        Some('t' | 'f') => Ok(Type::Bool),
        Some('-' | '.' | '0'..='9') => Ok(Type::Number),
        Some(c) => Err(Trouble::argument(0, format!("no JSON document begins with `{c}`"))),
    }
}

fn decode(call: &Call<'_>) -> Outcome {
    let text = call.str(0)?;
    let json: Json = serde_json::from_str(text).map_err(|e| format!("not valid JSON: {e}"))?;
    let value = Value::from_json(&Type::Dynamic, &json).map_err(|e| e.to_string())?;
    Ok(value)
}

fn encode(call: &Call<'_>) -> Outcome {
    let value = call.at(0)?;
    if !value.is_wholly_known() {
        return Ok(unknown_text(value));
    }
    let mut text = String::new();
    write(value, &mut text)?;
    let mut encoded = Value::string(text);
    encoded.blame.document = Some(value.clone().into());
    Ok(encoded)
}

/// The text is open; its first character is not, unless the value may be null.
fn unknown_text(value: &Value) -> Value {
    let prefix = match value.ty() {
        _ if !value.is_not_null() => "",
        Type::String => "\"",
        Type::Object(_) | Type::Map(_) => "{",
        Type::Tuple(_) | Type::List(_) | Type::Set(_) => "[",
        _ => "",
    };
    let refinement = Refinement { prefix: prefix.into(), ..Refinement::not_null() };
    let mut unknown = Value::refined(Type::String, Origin::Error, refinement);
    unknown.blame.document = Some(value.clone().into());
    unknown
}

/// Writes JSON as Go does: no blanks, and `<`, `>`, `&`, U+2028 and U+2029 escaped. Values nest no deeper than the evaluator lets them.
pub(super) fn write(value: &Value, out: &mut String) -> Result<(), Trouble> {
    if out.len() > LONGEST {
        return Err("the result would be too long".into());
    }
    match &value.kind {
        Kind::Null(_) => out.push_str("null"),
        Kind::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Kind::Number(n) if n.is_infinite() => return Err("JSON has no infinity".into()),
        Kind::Number(n) => out.push_str(&n.to_string()),
        Kind::String(text) => quote(text, out),
        Kind::List(_, elements) | Kind::Set(_, elements) | Kind::Tuple(elements) => {
            out.push('[');
            for (i, element) in elements.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                write(element, out)?;
            }
            out.push(']');
        }
        Kind::Map(_, entries) | Kind::Object(entries) => {
            out.push('{');
            for (i, (name, value)) in entries.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                quote(name, out);
                out.push(':');
                write(value, out)?;
            }
            out.push('}');
        }
        Kind::Unknown(_) => return Err("the value is not known yet".into()),
    }
    Ok(())
}

/// A JSON string.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
