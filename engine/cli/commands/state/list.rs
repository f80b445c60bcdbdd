//! `banana state list`

use super::{nothing, patterns, place};
use crate::args::StateList;
use crate::{Exit, Failure, Machine};
use serde_json::json;

/// A line an instance.
pub(super) fn run(args: &StateList, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let place = place(&args.state, machine)?;
    let state = place.read()?;
    let wanted = patterns(&args.addresses)?;
    for (pattern, text) in wanted.iter().zip(&args.addresses) {
        if !state.instances.keys().any(|address| pattern.covers(address)) {
            return Err(nothing(text, &place));
        }
    }
    let mut all = Vec::new();
    for (address, instance) in &state.instances {
        let id = instance.current.as_ref().and_then(plan::Object::id);
        let is_wanted = wanted.is_empty() || wanted.iter().any(|pattern| pattern.covers(address));
        if !is_wanted || args.id.as_deref().is_some_and(|wanted| id != Some(wanted)) {
            continue;
        }
        if !args.json {
            writeln!(machine.out, "{address}")?;
            continue;
        }
        all.push(json!({
            "address": address.to_string(),
            "type": address.ty.as_str(),
            "id": id,
            "tainted": instance.current.as_ref().is_some_and(|object| object.tainted),
            "deposed": instance.deposed.keys().map(ToString::to_string).collect::<Vec<_>>(),
        }));
    }
    if args.json {
        let text = json!({"version": 1, "serial": state.serial, "lineage": state.lineage, "instances": all});
        writeln!(machine.out, "{text:#}")?;
    }
    Ok(Exit::Ok)
}
