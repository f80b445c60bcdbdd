//! A stack in one file, a state beside it, and the plan of both.

use crate::folder::Folder;
use banana_plan::{Action, Object, Options, Pattern, Plan, Planned, State, plan};
use serde_json::{Value as Json, json};
use stack::Program;
use syntax::Report;

pub(crate) fn load<'h>(host: &'h Folder, set: &[(&str, &str)]) -> Program<'h> {
    let variables = set
        .iter()
        .map(|(name, value)| stack::VariableArgument::Set((*name).into(), (*value).into()));
    let options = stack::Options {
        path: "/stack".into(),
        region: Some("eu-west-3".into()),
        defer_data: true,
        variables: variables.collect(),
        ..stack::Options::default()
    };
    Program::load(&options, host)
}

pub(crate) fn try_plan(
    text: &str,
    prior: &State,
    options: &Options<'_>,
) -> Result<Planned, Vec<Report>> {
    plan(&load(&Folder(text.into()), &[]), prior, options)
}

pub(crate) fn planned(text: &str, prior: &State) -> Plan {
    try_plan(text, prior, &Options::default()).unwrap_or_else(|reports| panic!("{reports:?}")).plan
}

/// `address action`, one line a change; unchanged ones left out.
pub(crate) fn lines(plan: &Plan) -> Vec<String> {
    let touched = plan.changes.iter().filter(|c| c.action != Action::NoOp);
    touched.map(|c| format!("{} {}", c.address, c.action.names().join("+"))).collect()
}

/// `Work type`, one line a step.
pub(crate) fn steps(plan: &Plan) -> Vec<String> {
    let line =
        |s: &banana_plan::Step| format!("{:?} {}", s.work, plan.changes[s.change].address.ty);
    plan.order.steps.iter().map(line).collect()
}

/// A state of managed resources: address, attributes, dependencies.
pub(crate) fn state(objects: &[(&str, Json, &[&str])]) -> State {
    let mut state = State { lineage: "l".into(), serial: 1, ..State::default() };
    for (address, attributes, dependencies) in objects {
        let address = address.parse::<Pattern>().unwrap().instance().unwrap();
        let object = Object {
            attributes: attributes.as_object().unwrap().clone(),
            dependencies: dependencies.iter().map(ToString::to_string).collect(),
            ..Object::default()
        };
        state.put(&address, "provider[\"registry.terraform.io/hashicorp/aws\"]", object);
    }
    state
}

/// A log group as it is stored.
pub(crate) fn group(name: &str) -> Json {
    json!({
        "arn": format!("arn:aws:logs:eu-west-3:123456789012:log-group:{name}"), "id": name, "kms_key_id": "",
        "log_group_class": "", "name": name, "name_prefix": "", "retention_in_days": 7, "skip_destroy": false,
        "tags": null, "tags_all": {}
    })
}
