//! A plan as `terraform show -json` prints it, format 1.2.
//!
//! <https://developer.hashicorp.com/terraform/internals/json-format>

use crate::checks_json;
use plan::{Action, Change, Drift, OutputChange, Plan, Planned};
use serde_json::{Map, Value as Json, json};
use stack::value::Step;
use stack::{Address, Key, Kind, Mode, ModulePath, Stack, Value};
use std::collections::BTreeMap;

/// The version of Terraform whose format this is.
const TERRAFORM: &str = "1.11.4";

/// The whole plan. Secrets stand in clear, as Terraform has it: `*_sensitive` says which parts they are.
pub fn plan_json(planned: &Planned) -> Json {
    let plan = &planned.plan;
    let told = |c: &&Change| c.address.mode == Mode::Managed || c.action == Action::Read;
    // What only learns of reality plans no value of any resource.
    let changes = plan.changes.iter().filter(|_| !plan.refresh_only).filter(told);
    let wanted = changes.clone().filter(|c| c.deposed.is_none() && c.action != Action::Delete);
    let wanted = wanted.map(|c| {
        // What the state forgets goes on to exist, and has no planned value.
        let value = c.after.as_ref();
        (&c.address.module, values(&c.address, &c.provider, c.schema_version, value))
    });
    let planned_outputs = plan.outputs.iter().filter_map(|o| Some((o, o.after.as_ref()?)));
    let mut planned_values = json!({ "root_module": modules(wanted) });
    put(&mut planned_values, "outputs", outputs(planned_outputs));
    let mut json = json!({
        "format_version": "1.2",
        "terraform_version": TERRAFORM,
        "planned_values": planned_values,
        "configuration": configuration(&planned.stack),
        "applyable": !plan.is_empty(),
        "complete": !plan.reports.iter().any(|r| r.code == "targeted"),
        "errored": false,
    });
    let drift: Vec<Json> = plan.drift.iter().map(|drift| drift_line(drift, plan)).collect();
    let outputs = plan.outputs.iter().map(|o| (o.name.to_string(), output_change(o)));
    put(&mut json, "variables", variables(&planned.stack));
    if !plan.prior.is_new() || !plan.prior.instances.is_empty() || read(plan).next().is_some() {
        put(&mut json, "prior_state", prior_state(planned));
    }
    put(&mut json, "resource_drift", drift.into());
    put(&mut json, "resource_changes", changes.map(resource_change).collect());
    put(&mut json, "output_changes", outputs.collect());
    put(&mut json, "checks", checks_json::checks(&planned.stack.checks));
    json
}

/// Puts a member in, unless it is empty: Terraform leaves such ones out.
fn put(json: &mut Json, name: &str, value: Json) {
    let empty = match &value {
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        _ => false,
    };
    if let Some(fields) = json.as_object_mut().filter(|_| !empty) {
        fields.insert(name.to_owned(), value);
    }
}

/// What changed outside: an update or a deletion that has happened already.
fn drift_line(drift: &Drift, plan: &Plan) -> Json {
    let change = plan.change(&drift.address);
    let stored = plan.prior.instances.get(&*drift.address).map(|it| it.provider.as_str());
    let provider = change.map(|c| c.provider.as_str()).or(stored).unwrap_or_default();
    let mut line = named(&drift.address, provider);
    if let Some(key) = &drift.deposed {
        line.insert("deposed".into(), key.as_str().into());
    }
    let actions: &[&str] = if drift.after.is_some() { &["update"] } else { &["delete"] };
    let unknown = Unknown::of(&drift.address);
    let inner = both(actions, Some(&drift.before), drift.after.as_ref(), unknown);
    line.insert("change".into(), inner.into());
    line.into()
}

fn variables(stack: &Stack) -> Json {
    let known = stack.variables.iter().filter(|(_, v)| v.given && v.value.is_wholly_known());
    known.map(|(name, v)| (name.to_string(), json!({ "value": v.value.to_json() }))).collect()
}

fn resource_change(change: &Change) -> Json {
    let mut line = named(&change.address, &change.provider);
    if let Some(previous) = &change.previous {
        line.insert("previous_address".into(), previous.to_string().into());
    }
    if let Some(deposed) = &change.deposed {
        line.insert("deposed".into(), deposed.as_str().into());
    }
    if let Some(reason) = change.reason {
        line.insert("action_reason".into(), reason.name().into());
    }
    let mut inner = both(
        change.action.names(),
        change.before.as_ref(),
        change.after.as_ref(),
        Unknown::of(&change.address),
    );
    if !change.replace_paths.is_empty() {
        let paths: Json = change.replace_paths.iter().map(|path| steps(path)).collect();
        inner.insert("replace_paths".into(), paths);
    }
    if let Some(id) = &change.imported {
        inner.insert("importing".into(), json!({ "id": id.as_str() }));
    }
    line.insert("change".into(), inner.into());
    line.into()
}

/// What a set or map with an unknown element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// Unknown as a whole, as the provider's older types have it.
    Whole,
    /// Unknown in that element, as the language has it.
    Elements,
}

impl Unknown {
    fn of(address: &Address) -> Self {
        let older = address.mode == Mode::Managed && stack::is_older_type(&address.ty);
        if older { Self::Whole } else { Self::Elements }
    }
}

/// The parts that resource and output changes share.
fn both(
    actions: &[&str],
    before: Option<&Value>,
    after: Option<&Value>,
    partly: Unknown,
) -> Map<String, Json> {
    let json = |value: Option<&Value>| value.map_or(Json::Null, |value| known_json(value, partly));
    let secret = |value: Option<&Value>| value.map_or(Json::Bool(false), Value::sensitive_mask);
    let mask = match partly {
        Unknown::Whole => Value::unknown_mask,
        Unknown::Elements => Value::unknown_elements_mask,
    };
    let unknown = after.map_or_else(|| json!({}), mask);
    Map::from_iter([
        ("actions".to_owned(), json!(actions)),
        ("before".to_owned(), json(before)),
        ("after".to_owned(), json(after)),
        ("after_unknown".to_owned(), unknown),
        ("before_sensitive".to_owned(), secret(before)),
        ("after_sensitive".to_owned(), secret(after)),
    ])
}

fn output_change(output: &OutputChange) -> Json {
    let actions: &[&str] = match (&output.before, &output.after) {
        _ if !output.changes() => &["no-op"],
        (None, _) => &["create"],
        (_, None) => &["delete"],
        _ => &["update"],
    };
    let mut line = both(actions, output.before.as_ref(), output.after.as_ref(), Unknown::Elements);
    match &output.after {
        None => drop(line.insert("after_unknown".into(), false.into())),
        Some(after) if after.is_unknown() => drop(line.remove("after")),
        Some(after) if after.is_wholly_known() => {
            line.insert("after_unknown".into(), false.into());
        }
        Some(_) => {}
    }
    line.into()
}

/// A value without its unknown parts: they are left out of objects and maps, and null in lists.
fn known_json(value: &Value, partly: Unknown) -> Json {
    let undecided = |value: &Value| partly == Unknown::Whole && value.is_undecided();
    match &value.kind {
        _ if undecided(value) => Json::Null,
        Kind::Object(parts) | Kind::Map(_, parts) => (parts.iter())
            .filter(|(_, part)| !part.is_unknown() && !undecided(part))
            .map(|(name, part)| (name.to_string(), known_json(part, partly)))
            .collect(),
        Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
            value.elements().map(|element| known_json(element, partly)).collect()
        }
        _ => value.to_json(),
    }
}

fn steps(path: &[Step]) -> Json {
    let known = path.iter().map_while(|step| match step {
        Step::Attr(name) => Some(Json::from(name.as_str())),
        Step::Index(index) => Some(Json::from(*index)),
        Step::Any => None,
    });
    known.collect()
}

/// The names of an instance.
fn named(address: &Address, provider: &str) -> Map<String, Json> {
    let mut line = Map::new();
    line.insert("address".into(), address.to_string().into());
    if !address.module.0.is_empty() {
        line.insert("module_address".into(), address.module.to_string().into());
    }
    let mode = if address.mode == Mode::Data { "data" } else { "managed" };
    line.insert("mode".into(), mode.into());
    line.insert("type".into(), address.ty.as_str().into());
    line.insert("name".into(), address.name.as_str().into());
    match &address.key {
        Key::None | Key::Unknown => {}
        Key::Int(index) => drop(line.insert("index".into(), (*index).into())),
        Key::Str(key) => drop(line.insert("index".into(), key.as_str().into())),
    }
    line.insert("provider_name".into(), provider_name(provider).into());
    line
}

/// `registry.example/x/aws` of `module.m.provider["registry.example/x/aws"].paris`.
fn provider_name(provider: &str) -> &str {
    provider.split('"').nth(1).unwrap_or(provider)
}

fn outputs<'a>(all: impl Iterator<Item = (&'a OutputChange, &'a Value)>) -> Json {
    let line = |(output, value): (&OutputChange, &Value)| {
        let mut line = json!({ "sensitive": output.sensitive });
        if let Some(fields) = line.as_object_mut().filter(|_| value.is_wholly_known()) {
            fields.insert("type".into(), value.ty().to_json());
            fields.insert("value".into(), known_json(value, Unknown::Elements));
        }
        (output.name.to_string(), line)
    };
    all.map(line).collect()
}

/// An instance with its values.
fn values(
    address: &Address,
    provider: &str,
    version: u64,
    value: Option<&Value>,
) -> Map<String, Json> {
    let mut line = named(address, provider);
    line.remove("module_address");
    line.insert("schema_version".into(), version.into());
    if let Some(value) = value {
        line.insert("values".into(), known_json(value, Unknown::of(address)));
    }
    line.insert("sensitive_values".into(), value.map_or(false.into(), Value::sensitive_mask));
    line
}

/// Resources by module, each module inside its parent.
fn modules<'a>(all: impl Iterator<Item = (&'a ModulePath, Map<String, Json>)>) -> Json {
    let mut resources: BTreeMap<&ModulePath, Vec<Json>> = BTreeMap::new();
    for (module, line) in all {
        resources.entry(module).or_default().push(line.into());
    }
    // From the deepest path upwards, so that each module is whole before it goes into its parent.
    let mut whole: BTreeMap<ModulePath, Map<String, Json>> = BTreeMap::new();
    for (path, lines) in resources {
        whole.entry(path.clone()).or_default().insert("resources".into(), lines.into());
        for depth in 0..path.0.len() {
            whole.entry(ModulePath(path.0.iter().take(depth).cloned().collect())).or_default();
        }
    }
    let mut paths: Vec<ModulePath> = whole.keys().filter(|p| !p.0.is_empty()).cloned().collect();
    paths.sort_by_key(|path| std::cmp::Reverse(path.0.len()));
    for path in paths {
        let Some(mut module) = whole.remove(&path) else { continue };
        module.insert("address".into(), path.to_string().into());
        let parent = ModulePath(path.0.iter().take(path.0.len() - 1).cloned().collect());
        let children =
            whole.entry(parent).or_default().entry("child_modules").or_insert_with(|| json!([]));
        if let Some(children) = children.as_array_mut() {
            children.push(module.into());
            children.sort_by_cached_key(|child| child.get("address").map(Json::to_string));
        }
    }
    whole.remove(&ModulePath::default()).unwrap_or_default().into()
}

/// The data sources that were read while planning.
fn read(plan: &Plan) -> impl Iterator<Item = &Change> {
    plan.changes.iter().filter(|c| (c.address.mode, c.action) == (Mode::Data, Action::NoOp))
}

/// What existed, data sources that were read while planning included.
fn prior_state(planned: &Planned) -> Json {
    let plan = &planned.plan;
    let read = read(plan).filter_map(|change| {
        let value = change.after.clone()?;
        let line = values(&change.address, &change.provider, change.schema_version, Some(&value));
        Some((&change.address.module, line))
    });
    let stored = plan.prior.objects().filter(|(a, _, _)| a.mode == Mode::Managed);
    let stored = stored.filter_map(|(address, deposed, object)| {
        let value = object.value(address.mode, &address.ty).ok()?;
        let stored = plan.prior.instances.get(address).map(|it| it.provider.as_str());
        // What was just imported has its provider from the configuration.
        let planned = plan.change(address).map(|change| change.provider.as_str());
        let provider = stored.filter(|name| !name.is_empty()).or(planned).unwrap_or_default();
        let mut line = values(address, provider, object.schema_version, Some(&value));
        if !object.dependencies.is_empty() {
            line.insert("depends_on".into(), json!(object.dependencies));
        }
        if object.tainted {
            line.insert("tainted".into(), true.into());
        }
        if let Some(key) = deposed {
            line.insert("deposed_key".into(), key.as_str().into());
        }
        Some((&address.module, line))
    });
    let outputs = plan.prior.outputs.iter().map(|(name, o)| {
        let line = json!({ "sensitive": o.sensitive, "type": o.ty, "value": o.value });
        (name.to_string(), line)
    });
    let mut values = json!({ "root_module": modules(read.chain(stored)) });
    put(&mut values, "outputs", outputs.collect());
    json!({ "format_version": "1.0", "terraform_version": TERRAFORM, "values": values })
}

/// Providers and the root module's resources; expressions are left out.
fn configuration(stack: &Stack) -> Json {
    let providers = stack.providers.iter().map(|provider| {
        let alias = provider.alias.as_ref().map(|alias| format!(".{alias}")).unwrap_or_default();
        let module = if provider.module.0.is_empty() {
            String::new()
        } else {
            format!("{}:", provider.module)
        };
        let mut line = json!({ "name": provider.name.as_str() });
        if let (Some(fields), Some(alias)) = (line.as_object_mut(), &provider.alias) {
            fields.insert("alias".into(), alias.as_str().into());
        }
        (format!("{module}{}{alias}", provider.name), line)
    });
    let mut resources: Vec<Json> = Vec::new();
    for resource in stack.resources.iter().filter(|r| r.address.module.0.is_empty()) {
        let Address { mode, ty, name, .. } = &*resource.address;
        let prefix = if *mode == Mode::Data { "data." } else { "" };
        let line = json!({
            "address": format!("{prefix}{ty}.{name}"),
            "mode": if *mode == Mode::Data { "data" } else { "managed" },
            "type": ty.as_str(),
            "name": name.as_str(),
        });
        if resources.last() != Some(&line) {
            resources.push(line);
        }
    }
    json!({ "provider_config": providers.collect::<Json>(), "root_module": { "resources": resources } })
}
