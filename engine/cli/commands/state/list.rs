//! `banana state list`

use super::{nothing, patterns, place};
use crate::state_args::StateList;
use crate::{Exit, Failure, Machine};
use serde_json::json;
use stack::Mode;

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
    let mut instances: Vec<_> = state.instances.iter().collect();
    // As Terraform lists them: in each module, what was read first.
    instances.sort_by_key(|(a, _)| (&a.module, a.mode == Mode::Managed, *a));
    for (address, instance) in instances {
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
