//! What a run tells while it plans and applies, as the lines that `terraform apply -json` prints: an object each, of the same types and members.
//!
//! <https://developer.hashicorp.com/terraform/internals/machine-readable-ui>

use crate::diagnostic;
use plan::{Action, Change, Plan, Reason, StoredOutput};
use serde_json::{Map, Value as Json, json};
use stack::{Address, Key, Str};
use std::collections::BTreeMap;
use std::time::Duration;
use syntax::{Level, Report, Sources};

/// One line. When it was told stands in front: `2026-01-31T12:00:00.000000Z`.
#[derive(Clone, Debug)]
pub struct Line {
    level: &'static str,
    message: String,
    kind: &'static str,
    members: Map<String, Json>,
}

/// An operation on one object, as the hooks of a run tell of it.
#[derive(Clone, Copy, Debug)]
pub struct Hook<'a> {
    /// The instance.
    pub address: &'a Address,
    /// `create`, `read`, `update`, `delete`
    pub action: &'static str,
    /// Its `id`, where there is one.
    pub id: Option<&'a str>,
    /// Since it was begun.
    pub elapsed: Duration,
}

impl Line {
    fn new(kind: &'static str, message: String, name: &str, member: Json) -> Self {
        let members = Map::from_iter([(name.to_owned(), member)]);
        Self { level: "info", message, kind, members }
    }

    /// The line's text, without its end.
    pub fn text(&self, at: &str) -> String {
        let mut line = self.members.clone();
        line.insert("@level".into(), self.level.into());
        line.insert("@message".into(), self.message.as_str().into());
        line.insert("@module".into(), "terraform.ui".into());
        line.insert("@timestamp".into(), at.into());
        line.insert("type".into(), self.kind.into());
        Json::Object(line).to_string()
    }

    /// The first line: whose format this is, and who writes it.
    pub fn version(banana: &str) -> Self {
        let mut line =
            Self::new("version", format!("banana {banana}"), "terraform", "1.11.4".into());
        line.members.insert("ui".into(), "1.2".into());
        line.members.insert("banana".into(), banana.into());
        line
    }

    /// Words for people that no other type has a place for.
    pub fn log(message: impl Into<String>) -> Self {
        Self { level: "info", message: message.into(), kind: "log", members: Map::new() }
    }

    /// A problem with the stack.
    pub fn diagnostic(report: &Report, sources: &Sources) -> Self {
        let level = if report.level == Level::Error { "error" } else { "warn" };
        let message = report.message.clone();
        let line = Self::new("diagnostic", message, "diagnostic", diagnostic(report, sources));
        Self { level, ..line }
    }

    /// Why a run stopped, or why an object is not what it should be.
    pub fn error(summary: &str, detail: &str, address: Option<&str>) -> Self {
        let mut told = json!({ "severity": "error", "summary": summary, "detail": detail });
        if let (Some(fields), Some(address)) = (told.as_object_mut(), address) {
            fields.insert("address".into(), address.into());
        }
        Self { level: "error", ..Self::new("diagnostic", summary.to_owned(), "diagnostic", told) }
    }

    /// What a plan does: what changed outside, each change, how many there are, and the outputs.
    pub fn plan(plan: &Plan) -> Vec<Self> {
        let drift = plan.drift.iter().map(|drift| {
            let action = if drift.after.is_some() { "update" } else { "delete" };
            let change = json!({ "resource": resource(&drift.address), "action": action });
            let message = format!("{}: changed outside ({action})", drift.address);
            Self::new("resource_drift", message, "change", change)
        });
        let mut lines: Vec<Self> = drift.collect();
        lines.extend(plan.changes.iter().filter_map(planned));
        let counts = plan.counts();
        let imported = plan.changes.iter().filter(|c| c.imported.is_some()).count();
        lines.push(Self::summary("plan", counts, imported));
        let outputs = plan.outputs.iter().map(|output| {
            let action = match (&output.before, &output.after) {
                _ if !output.changes() => "noop",
                (None, _) => "create",
                (_, None) => "delete",
                _ => "update",
            };
            (output.name.to_string(), json!({ "sensitive": output.sensitive, "action": action }))
        });
        lines.extend(Self::outputs(outputs.collect()));
        lines
    }

    /// How many objects are touched; `operation` is `plan`, `apply` or `destroy`.
    pub fn summary(operation: &str, counts: plan::Counts, imported: usize) -> Self {
        let plan::Counts { create, change, destroy, .. } = counts;
        let message =
            format!("{operation}: {create} to add, {change} to change, {destroy} to remove");
        let changes = json!({
            "add": create, "change": change, "import": imported, "remove": destroy, "operation": operation
        });
        Self::new("change_summary", message, "changes", changes)
    }

    /// The outputs as they are stored; a secret's value is left out.
    pub fn stored(outputs: &BTreeMap<Str, StoredOutput>) -> Option<Self> {
        let outputs = outputs.iter().map(|(name, stored)| {
            let mut line = json!({ "sensitive": stored.sensitive, "type": stored.ty });
            if let Some(fields) = line.as_object_mut().filter(|_| !stored.sensitive) {
                fields.insert("value".into(), stored.value.clone());
            }
            (name.to_string(), line)
        });
        Self::outputs(outputs.collect())
    }

    fn outputs(outputs: Map<String, Json>) -> Option<Self> {
        let message = format!("{} outputs", outputs.len());
        (!outputs.is_empty()).then(|| Self::new("outputs", message, "outputs", outputs.into()))
    }

    /// `refresh_start` or `refresh_complete`
    pub fn refresh(hook: Hook<'_>, complete: bool) -> Self {
        let kind = if complete { "refresh_complete" } else { "refresh_start" };
        let mut told = Map::from_iter([("resource".to_owned(), resource(hook.address))]);
        identify(&mut told, hook.id);
        let word = if complete { "refreshed" } else { "refreshing" };
        Self::new(kind, format!("{}: {word}", hook.address), "hook", told.into())
    }

    /// `apply_start`
    pub fn start(hook: Hook<'_>) -> Self {
        Self::hook("apply_start", hook, false, hook.id)
    }

    /// `apply_progress`
    pub fn progress(hook: Hook<'_>) -> Self {
        Self::hook("apply_progress", hook, true, None)
    }

    /// `apply_complete`
    pub fn complete(hook: Hook<'_>) -> Self {
        Self::hook("apply_complete", hook, true, hook.id)
    }

    /// `apply_errored`
    pub fn errored(hook: Hook<'_>) -> Self {
        Self::hook("apply_errored", hook, true, None)
    }

    fn hook(kind: &'static str, hook: Hook<'_>, timed: bool, id: Option<&str>) -> Self {
        let mut told = Map::new();
        told.insert("resource".into(), resource(hook.address));
        told.insert("action".into(), hook.action.into());
        identify(&mut told, id);
        let seconds = hook.elapsed.as_secs();
        if timed {
            told.insert("elapsed_seconds".into(), seconds.into());
        }
        let what = kind.trim_start_matches("apply_");
        let since = if timed { format!(" after {seconds} s") } else { String::new() };
        let message = format!("{}: {} {what}{since}", hook.address, hook.action);
        Self::new(kind, message, "hook", told.into())
    }
}

fn identify(told: &mut Map<String, Json>, id: Option<&str>) {
    if let Some(id) = id {
        told.insert("id_key".into(), "id".into());
        told.insert("id_value".into(), id.into());
    }
}

/// A change's line; `None` for what stays as it is.
fn planned(change: &Change) -> Option<Line> {
    let action = match change.action {
        Action::NoOp if change.previous.is_some() => "move",
        Action::NoOp if change.imported.is_some() => "import",
        Action::NoOp => return None,
        Action::Read => "read",
        Action::Create => "create",
        Action::Update => "update",
        Action::Replace { .. } => "replace",
        Action::Delete => "delete",
        Action::Forget => "remove",
    };
    let mut told = json!({ "resource": resource(&change.address), "action": action });
    if let Some(fields) = told.as_object_mut() {
        if let Some(previous) = &change.previous {
            fields.insert("previous_resource".into(), resource(previous));
        }
        if let Some(reason) = change.reason {
            fields.insert("reason".into(), word(reason).into());
        }
        if let Some(id) = &change.imported {
            fields.insert("importing".into(), json!({ "id": id.as_str() }));
        }
        if let Some(key) = &change.deposed {
            fields.insert("deposed".into(), key.as_str().into());
        }
    }
    let message = format!("{}: {action}", change.address);
    Some(Line::new("planned_change", message, "change", told))
}

/// The reasons' names are shorter here than in a plan.
fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::CannotUpdate => "cannot_update",
        Reason::Tainted => "tainted",
        Reason::Requested => "requested",
        Reason::Triggered => "replace_triggered_by",
        other => other.name(),
    }
}

fn resource(address: &Address) -> Json {
    let local = Address { module: stack::ModulePath::default(), ..address.clone() };
    let key = match &address.key {
        Key::Int(index) => Json::from(*index),
        Key::Str(key) => Json::from(key.as_str()),
        Key::None | Key::Unknown => Json::Null,
    };
    let implied = address.ty.split('_').next().unwrap_or_default();
    json!({
        "addr": address.to_string(),
        "module": address.module.to_string(),
        "resource": local.to_string(),
        "implied_provider": implied,
        "resource_type": address.ty.as_str(),
        "resource_name": address.name.as_str(),
        "resource_key": key,
    })
}
