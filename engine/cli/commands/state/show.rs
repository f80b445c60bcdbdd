//! `banana state show`: one object, as a resource block would say it. Secrets are left out.

use super::{nothing, patterns, place};
use crate::state_args::StateShow;
use crate::{Exit, Failure, Machine};
use plan::Object;
use serde_json::{Map, Value as Json, json};
use stack::{Address, Kind, Mode, Value};
use std::fmt::Write;

/// Prints it.
pub(super) fn run(args: &StateShow, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let place = place(&args.state, machine)?;
    let state = place.read()?;
    let pattern = patterns(std::slice::from_ref(&args.address))?;
    let address = pattern.iter().find_map(plan::Pattern::instance);
    let found = address.and_then(|address| {
        let object = state.current(&address)?.clone();
        Some((address, object))
    });
    let Some((address, object)) = found else {
        let failure = nothing(&args.address, &place);
        let covered = |a: &&Address| pattern.iter().any(|p| p.covers(a));
        let first = state.instances.keys().find(covered);
        return Err(match first {
            Some(first) => failure.help(format!("name one instance, such as `{first}`")),
            None => failure,
        });
    };
    let mut object = object;
    // What may be of any type is stored with its type.
    if address.ty == "terraform_data" {
        for attribute in object.attributes.values_mut() {
            if let Some(value) = attribute.get("value").filter(|_| attribute.get("type").is_some())
            {
                *attribute = value.clone();
            }
        }
    }
    let value = object.value(address.mode, &address.ty).map_err(|error| {
        Failure::user(format!("{}: `{address}` does not fit its schema: {error:?}", place.name()))
    })?;
    if args.json {
        let shown = json!({
            "version": 1,
            "address": address.to_string(),
            "tainted": object.tainted,
            "dependencies": object.dependencies,
            "values": masked(&value),
        });
        writeln!(machine.out, "{shown:#}")?;
    } else {
        machine.out.write_all(text(&address, &object, &value).as_bytes())?;
    }
    Ok(Exit::Ok)
}

/// The value as JSON, secrets named but not told.
fn masked(value: &Value) -> Json {
    if value.is_sensitive() {
        return json!("(sensitive)");
    }
    match &value.kind {
        Kind::Object(_) | Kind::Map(..) => {
            let parts = value.entries().map(|(name, part)| (name.to_string(), masked(part)));
            Json::Object(parts.collect::<Map<_, _>>())
        }
        Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => value.elements().map(masked).collect(),
        _ => value.to_json(),
    }
}

fn text(address: &Address, object: &Object, value: &Value) -> String {
    let tainted = if object.tainted { " (tainted)" } else { "" };
    let kind = if address.mode == Mode::Data { "data" } else { "resource" };
    let schema = match address.mode {
        Mode::Managed => schema::resource(&address.ty),
        Mode::Data => schema::data_source(&address.ty),
    };
    let blocks: Vec<&str> =
        schema.map(|s| s.body.blocks.iter().map(|b| b.name).collect()).unwrap_or_default();
    let mut text =
        format!("# {address}:{tainted}\n{kind} \"{}\" \"{}\" {{\n", address.ty, address.name);
    let told = |part: &Value| !part.is_null();
    let arguments =
        value.entries().filter(|(name, part)| !blocks.contains(&name.as_str()) && told(part));
    let arguments: Vec<_> = arguments.collect();
    let width = arguments.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, part) in arguments {
        let _ = writeln!(text, "    {name:width$} = {}", literal(part, 4));
    }
    for (name, part) in
        value.entries().filter(|(name, part)| blocks.contains(&name.as_str()) && told(part))
    {
        let one = matches!(part.kind, Kind::Object(_));
        let all: Vec<&Value> = if one { vec![part] } else { part.elements().collect() };
        for block in all {
            let _ = writeln!(text, "\n    {name} {}", literal(block, 4));
        }
    }
    text.push_str("}\n");
    text
}

/// A value as it is written, `indent` blanks in.
fn literal(value: &Value, indent: usize) -> String {
    if value.is_sensitive() {
        return "(sensitive)".to_owned();
    }
    let inner = " ".repeat(indent + 4);
    let end = " ".repeat(indent);
    match &value.kind {
        Kind::Object(_) | Kind::Map(..) => {
            let parts: Vec<_> = value.entries().filter(|(_, part)| !part.is_null()).collect();
            if parts.is_empty() {
                return "{}".to_owned();
            }
            let name = |name: &str| match &value.kind {
                Kind::Map(..) => json!(name).to_string(),
                _ => name.to_owned(),
            };
            let width = parts.iter().map(|(n, _)| name(n).chars().count()).max().unwrap_or(0);
            let lines = parts.iter().map(|(n, part)| {
                format!("{inner}{:width$} = {}\n", name(n), literal(part, indent + 4))
            });
            format!("{{\n{}{end}}}", lines.collect::<String>())
        }
        Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
            let mut parts = value.elements().peekable();
            if parts.peek().is_none() {
                return "[]".to_owned();
            }
            let lines = parts.map(|part| format!("{inner}{},\n", literal(part, indent + 4)));
            format!("[\n{}{end}]", lines.collect::<String>())
        }
        _ => value.to_json().to_string(),
    }
}
