//! A plan for people: what is lost first, then what is replaced, changed and made; what stays is a number.

use crate::Style;
use crate::style::Paint;
use plan::{Action, Change, Planned, Reason};
use serde_json::Value as Json;
use stack::value::Step;
use stack::{Marks, Mode, Value};
use std::fmt::Write;

/// The whole plan, ending in its summary line.
pub fn plan_text(planned: &Planned, style: &Style) -> String {
    let mut text = String::new();
    let rank = |change: &&Change| match change.action {
        Action::Delete => 0,
        Action::Replace { .. } => 1,
        Action::Forget => 2,
        Action::Update => 3,
        Action::Create => 4,
        Action::Read | Action::NoOp => 5,
    };
    let mut shown: Vec<&Change> =
        planned.plan.changes.iter().filter(|change| rank(change) < 5).collect();
    shown.sort_by_key(rank);
    for change in shown {
        write_change(&mut text, change, style);
    }
    for output in planned.plan.outputs.iter().filter(|output| output.changes()) {
        let before = output
            .before
            .as_ref()
            .map_or_else(|| "(none)".into(), |value| brief(value, output.sensitive, style));
        let after = output
            .after
            .as_ref()
            .map_or_else(|| "(none)".into(), |value| brief(value, output.sensitive, style));
        let _ = writeln!(text, "output {}: {before} -> {after}", output.name);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "{}", plan_summary(planned, style));
    text
}

/// `plan: 36 to create, 1 to change, 0 to destroy`
pub fn plan_summary(planned: &Planned, style: &Style) -> String {
    if planned.plan.is_empty() {
        return style.paint(Paint::Green, "no changes: AWS is as the stack says");
    }
    let counts = planned.plan.counts();
    let mut text = format!(
        "plan: {} to create, {} to change, {} to destroy",
        counts.create, counts.change, counts.destroy
    );
    if counts.forget > 0 {
        let _ = write!(text, ", {} to forget", counts.forget);
    }
    let imported = planned.plan.changes.iter().filter(|c| c.imported.is_some()).count();
    if imported > 0 {
        let _ = write!(text, ", {imported} to import");
    }
    let unchanged = |c: &&Change| c.action == Action::NoOp && c.address.mode == Mode::Managed;
    let same = planned.plan.changes.iter().filter(unchanged).count();
    if same > 0 {
        let _ = write!(text, "; {same} stay as they are");
    }
    style.paint(Paint::Bold, &text)
}

fn write_change(text: &mut String, change: &Change, style: &Style) {
    let (sign, paint, verb) = match change.action {
        Action::Delete => ("-", Paint::Red, "destroy"),
        Action::Replace { create_first: false } => ("-/+", Paint::Red, "replace"),
        Action::Replace { create_first: true } => ("+/-", Paint::Red, "replace, the new one first"),
        Action::Forget => (".", Paint::Yellow, "forget"),
        Action::Update => ("~", Paint::Yellow, "change"),
        Action::Create => ("+", Paint::Green, "create"),
        Action::Read | Action::NoOp => ("", Paint::Dim, ""),
    };
    let reason = change.reason.map(|reason| format!(" ({})", because(reason))).unwrap_or_default();
    let moved = change.previous.as_ref().map(|from| format!(", was {from}")).unwrap_or_default();
    let sign = style.paint(paint, &format!("{sign:>3}"));
    let _ = writeln!(
        text,
        "{sign} {}  {verb}{reason}{moved}",
        style.paint(Paint::Bold, &change.address.to_string())
    );
    match (&change.before, &change.after) {
        (None, Some(after)) => write_new(text, after, style),
        (Some(before), Some(after)) => write_differences(text, change, before, after, style),
        _ => {}
    }
}

/// What is written of a new object; the rest only AWS can say.
fn write_new(text: &mut String, after: &Value, style: &Style) {
    let said = |value: &Value| !value.is_null() && !value.is_empty() && !value.is_unknown();
    for (name, value) in after.entries().filter(|(_, value)| said(value)) {
        let _ = writeln!(text, "      {name} = {}", brief(value, false, style));
    }
    let later = after.entries().filter(|(_, value)| value.is_unknown()).count();
    if later > 0 {
        let _ = writeln!(
            text,
            "      {}",
            style.paint(Paint::Dim, &format!("{later} more known after apply"))
        );
    }
}

fn write_differences(
    text: &mut String,
    change: &Change,
    before: &Value,
    after: &Value,
    style: &Style,
) {
    for (name, new) in after.entries() {
        let old = before.get(name);
        // An attribute that only becomes unknown because of a replacement tells nothing.
        let forces = change
            .replace_paths
            .iter()
            .any(|path| matches!(path.first(), Some(Step::Attr(first)) if first == name));
        let same =
            old.is_some_and(|old| old.to_json() == new.to_json() && new.unknown_part().is_none());
        if same || (new.is_unknown() && !forces && change.action != Action::Update) {
            continue;
        }
        let old = old.map_or_else(|| "null".into(), |old| brief(old, false, style));
        let note =
            if forces { style.paint(Paint::Red, "  forces replacement") } else { String::new() };
        let _ = writeln!(text, "      {name}: {old} -> {}{note}", brief(new, false, style));
    }
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::CannotUpdate => "it cannot be changed in place",
        Reason::Tainted => "its creation did not finish",
        Reason::Requested => "asked for",
        Reason::Triggered => "by replace_triggered_by",
        Reason::NoResource => "no longer in the stack",
        Reason::NoModule => "its module is no longer in the stack",
        Reason::CountIndex => "count is smaller now",
        Reason::EachKey => "for_each has no such key now",
        Reason::WrongRepetition => "count or for_each came or went",
        Reason::ConfigUnknown => "its arguments are not known yet",
        Reason::DependencyPending => "it waits for a change",
    }
}

/// A value in a line: secrets masked, unknowns named, cut to the screen.
fn brief(value: &Value, sensitive: bool, style: &Style) -> String {
    if sensitive || value.marks.has(Marks::SENSITIVE) {
        return "(sensitive)".to_owned();
    }
    if value.is_unknown() {
        return "(known after apply)".to_owned();
    }
    let mut json = value.to_json();
    mask(&mut json, &value.sensitive_mask(), "(sensitive)");
    mask(&mut json, &value.unknown_mask(), "(known after apply)");
    prune(&mut json);
    let text = json.to_string();
    let room = style.width.saturating_sub(30).max(40);
    if text.chars().count() <= room {
        return text;
    }
    let cut: String = text.chars().take(room).collect();
    format!("{cut}{}", if style.unicode { "…" } else { "..." })
}

/// Puts a word where the mask says true.
fn mask(json: &mut Json, mask_at: &Json, word: &str) {
    match (json, mask_at) {
        (json, Json::Bool(true)) => *json = word.into(),
        (Json::Array(items), Json::Array(masks)) => {
            items.iter_mut().zip(masks).for_each(|(item, at)| mask(item, at, word));
        }
        (Json::Object(fields), Json::Object(masks)) => {
            for (name, at) in masks {
                if let Some(field) = fields.get_mut(name) {
                    mask(field, at, word);
                }
            }
        }
        _ => {}
    }
}

/// Nulls and empty lists inside objects say nothing.
fn prune(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            fields.values_mut().for_each(prune);
            fields.retain(|_, value| {
                !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())
            });
        }
        Json::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}
