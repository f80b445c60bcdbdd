//! `checks` of a plan as `terraform show -json` prints them: what is demanded, and whether it holds.
//!
//! <https://developer.hashicorp.com/terraform/internals/json-format#checks-representation>

use serde_json::{Map, Value as Json, json};
use stack::{Checked, CheckedInstance, Held, Key, Mode, ModulePath, Subject};

/// One line each, by address.
pub(crate) fn checks(all: &[Checked]) -> Json {
    let mut lines: Vec<(String, Json)> = all.iter().map(|one| (shown(one), line(one))).collect();
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn shown(checked: &Checked) -> String {
    within(&checked.module, &checked.subject.to_string())
}

fn within(module: &ModulePath, name: &str) -> String {
    if module.0.is_empty() { name.to_owned() } else { format!("{module}.{name}") }
}

fn line(checked: &Checked) -> Json {
    let mut address = match &checked.subject {
        Subject::Check(name) => named("check", name),
        Subject::Output(name) => named("output_value", name),
        Subject::Variable(name) => named("var", name),
        Subject::Resource(mode, ty, name) => {
            let mut address = named("resource", name);
            let mode = if *mode == Mode::Data { "data" } else { "managed" };
            address.insert("mode".into(), mode.into());
            address.insert("type".into(), ty.as_str().into());
            address
        }
    };
    place(&mut address, &checked.module, shown(checked));
    let subject = checked.subject.to_string();
    let mut instances: Vec<(String, &CheckedInstance)> = checked
        .instances
        .iter()
        .map(|one| (within(&one.module, &format!("{subject}{}", one.key)), one))
        .collect();
    instances.sort_by(|(a, _), (b, _)| a.cmp(b));
    let all = checked.instances.iter().flat_map(|one| &one.held);
    let mut line = json!({ "address": address, "status": status(all) });
    let instances: Vec<Json> = instances.into_iter().map(|(at, one)| instance(one, at)).collect();
    if let Some(fields) = line.as_object_mut().filter(|_| !instances.is_empty()) {
        fields.insert("instances".into(), instances.into());
    }
    line
}

fn named(kind: &str, name: &str) -> Map<String, Json> {
    Map::from_iter([("kind".to_owned(), kind.into()), ("name".to_owned(), name.into())])
}

fn place(address: &mut Map<String, Json>, module: &ModulePath, shown: String) {
    address.insert("to_display".into(), shown.into());
    if !module.0.is_empty() {
        address.insert("module".into(), module.to_string().into());
    }
}

fn instance(one: &CheckedInstance, shown: String) -> Json {
    let mut address = Map::new();
    place(&mut address, &one.module, shown);
    match &one.key {
        Key::None | Key::Unknown => {}
        Key::Int(index) => drop(address.insert("instance_key".into(), (*index).into())),
        Key::Str(key) => drop(address.insert("instance_key".into(), key.as_str().into())),
    }
    let mut line = json!({ "address": address, "status": status(&one.held) });
    let message = |held: &Held| match held {
        Held::No(message) => Some(message.clone()),
        _ => None,
    };
    let mut problems: Vec<String> = one.held.iter().filter_map(message).collect();
    problems.sort();
    let problems: Vec<Json> = problems.into_iter().map(|text| json!({ "message": text })).collect();
    if let Some(fields) = line.as_object_mut().filter(|_| !problems.is_empty()) {
        fields.insert("problems".into(), problems.into());
    }
    line
}

/// The worst of all: what cannot be judged, what does not hold, what is not known yet.
fn status<'h>(all: impl IntoIterator<Item = &'h Held>) -> &'static str {
    let worst = all.into_iter().map(|held| match held {
        Held::Yes => (0, "pass"),
        Held::Unknown => (1, "unknown"),
        Held::No(_) => (2, "fail"),
        Held::Wrong => (3, "error"),
    });
    worst.max().map_or("pass", |(_, name)| name)
}
