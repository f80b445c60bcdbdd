//! A plan for people: what changed outside, then what is lost, replaced, changed and made; what stays is a number.

mod differences;
mod money;
mod shown;

use crate::Style;
use crate::style::Paint;
use differences::{Row, rows};
use money::Money;
use plan::{Action, Change, Drift, OutputChange, Plan, Planned, Reason};
use shown::{Owner, SECRET, Shown};
use stack::value::Step;
use stack::{Mode, Value};
use std::fmt::Write;

/// The whole plan, ending in its summary line. `bill`: what the plan adds to the month and takes off it, where that was asked.
pub fn plan_text(planned: &Planned, bill: Option<&cost::change::Change>, style: &Style) -> String {
    let plan = &planned.plan;
    let money = bill.map(|bill| Money::new(bill, plan));
    let mut text = String::new();
    write_drift(&mut text, plan, style);
    let mut shown: Vec<(u8, &Change)> =
        plan.changes.iter().filter_map(|change| Some((rank(change)?, change))).collect();
    shown.sort_by_key(|(rank, _)| *rank);
    for (_, change) in shown {
        let found = planned.stack.find(&change.address).and_then(|id| planned.stack.resource(id));
        let config = found.map(|resource| &resource.config);
        write_change(&mut text, change, config, money.as_ref(), style);
    }
    for output in plan.outputs.iter().filter(|output| output.changes()) {
        write_output(&mut text, output, style);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(plan, money.as_ref(), style));
    text
}

/// Where a change stands in the list; `None` for what is only counted.
fn rank(change: &Change) -> Option<u8> {
    Some(match change.action {
        Action::Delete => 0,
        Action::Replace { .. } => 1,
        Action::Forget => 2,
        Action::Update => 3,
        Action::Create => 4,
        Action::NoOp if change.previous.is_some() || change.imported.is_some() => 5,
        Action::Read => 6,
        Action::NoOp => return None,
    })
}

/// `plan: 36 to create, 1 to replace, 1 to change, 0 to destroy; 12 stay as they are; +12.34 USD a month`
fn summary(plan: &Plan, money: Option<&Money<'_>>, style: &Style) -> String {
    if plan.is_empty() {
        let text = if plan.refresh_only {
            "no changes: AWS is as the state says"
        } else {
            "no changes: AWS is as the stack says"
        };
        return style.paint(Paint::Green, text);
    }
    if plan.refresh_only {
        let gone = plan.drift.iter().filter(|drift| drift.after.is_none()).count();
        let text = format!(
            "refresh: {} changed outside, {gone} gone; only the state and its outputs learn of it",
            plan.drift.len() - gone
        );
        return style.paint(Paint::Bold, &text);
    }
    let count = |of: fn(&Change) -> bool| plan.changes.iter().filter(|c| of(c)).count();
    let mut text = format!("plan: {} to create", count(|c| c.action == Action::Create));
    let always = |name: &str| matches!(name, "change" | "destroy");
    let counts = [
        ("replace", count(|c| matches!(c.action, Action::Replace { .. }))),
        ("change", count(|c| c.action == Action::Update)),
        ("destroy", count(|c| c.action == Action::Delete)),
        ("forget", count(|c| c.action == Action::Forget)),
        ("import", count(|c| c.imported.is_some())),
        ("move", count(|c| c.previous.is_some())),
    ];
    for (verb, number) in counts.into_iter().filter(|(verb, n)| *n > 0 || always(verb)) {
        let _ = write!(text, ", {number} to {verb}");
    }
    let same = count(|c| c.action == Action::NoOp && c.address.mode == Mode::Managed);
    if same > 0 {
        let _ = write!(text, "; {same} stay as they are");
    }
    if let Some(month) = money.and_then(Money::month) {
        let _ = write!(text, "; {month}");
    }
    style.paint(Paint::Bold, &text)
}

/// What changed outside.
fn write_drift(text: &mut String, plan: &Plan, style: &Style) {
    if plan.drift.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", style.paint(Paint::Bold, "changed outside:"));
    for drift in &plan.drift {
        let Drift { address, deposed, before, after, changed } = drift;
        let (sign, paint) = match after {
            None => ("-", Paint::Red),
            Some(_) => ("~", Paint::Yellow),
        };
        let key = deposed.as_ref().map(|key| format!(" (deposed {key})")).unwrap_or_default();
        let gone = if after.is_none() { "  is gone" } else { "" };
        let address = style.paint(Paint::Bold, &format!("{address}{key}"));
        let _ = writeln!(text, "{} {address}{gone}", style.paint(paint, &format!("{sign:>3}")));
        for name in changed {
            let value = |of: &Value| of.get(name).cloned();
            let now = after.as_ref().and_then(value);
            let owner = Owner::new(&drift.address, before);
            for row in attribute(owner, name, value(before).as_ref(), now.as_ref()) {
                let _ = writeln!(text, "      {}", row.line(style));
            }
        }
    }
    text.push('\n');
}

fn write_output(text: &mut String, output: &OutputChange, style: &Style) {
    let path = format!("output {}", output.name);
    let shown = |value: &Option<Value>| match value {
        None => None,
        Some(_) if output.sensitive => Some(Shown::Leaf(SECRET.to_owned())),
        Some(value) => Some(Shown::of(value, None)),
    };
    let rows = match (shown(&output.before), shown(&output.after)) {
        (Some(before), Some(after)) if before != after => rows(&path, &before, &after),
        (before, after) => vec![Row { path, before, after }],
    };
    for row in rows {
        let _ = writeln!(text, "{}", row.line(style));
    }
}

fn write_change(
    text: &mut String,
    change: &Change,
    config: Option<&Value>,
    money: Option<&Money<'_>>,
    style: &Style,
) {
    let (sign, paint, verb) = match change.action {
        Action::Delete => ("-", Paint::Red, "destroy"),
        Action::Replace { create_first: false } => ("-/+", Paint::Red, "replace"),
        Action::Replace { create_first: true } => ("+/-", Paint::Red, "replace, the new one first"),
        Action::Forget => (".", Paint::Yellow, "forget"),
        Action::Update => ("~", Paint::Yellow, "change"),
        Action::Create => ("+", Paint::Green, "create"),
        Action::Read => ("<=", Paint::Cyan, "read during apply"),
        Action::NoOp => ("", Paint::Dim, "stays as it is"),
    };
    let deposed = change.deposed.as_ref().map(|k| format!(" (deposed {k})")).unwrap_or_default();
    let reason = change.reason.map(|reason| format!(" ({})", because(reason))).unwrap_or_default();
    let moved = change.previous.as_ref().map(|from| format!(", was {from}")).unwrap_or_default();
    let id = change.imported.as_ref();
    let imported = id.map(|id| format!(", imported by id {id:?}")).unwrap_or_default();
    let price = money.and_then(|money| money.of(change));
    let price = price.map(|price| format!("  {}", style.paint(Paint::Cyan, &price)));
    let _ = writeln!(
        text,
        "{} {}  {verb}{reason}{moved}{imported}{}",
        style.paint(paint, &format!("{sign:>3}")),
        style.paint(Paint::Bold, &format!("{}{deposed}", change.address)),
        price.unwrap_or_default()
    );
    match (&change.before, &change.after) {
        _ if matches!(change.action, Action::NoOp | Action::Read) => {}
        (None, Some(_)) => write_new(text, change, config, style),
        (Some(before), Some(after)) => write_differences(text, change, before, after, style),
        _ => {}
    }
}

/// What is written of a new object; defaults and what only AWS can say are numbers.
fn write_new(text: &mut String, change: &Change, config: Option<&Value>, style: &Style) {
    let Some(after) = &change.after else { return };
    let owner = Owner::new(&change.address, after);
    let (mut later, mut defaults) = (0, 0);
    for (name, value) in after.entries() {
        let shown = owner.attribute(name, value);
        let written = config.is_none_or(|config| config.get(name).is_some_and(|v| !is_unset(v)));
        if written && !shown.is_nothing() {
            write_value(text, name, &shown, style);
        }
        later += usize::from(!written && shown.is_later());
        defaults += usize::from(!written && !shown.is_later() && !shown.is_nothing());
    }
    write_rest(text, defaults, later, style);
}

fn is_unset(value: &Value) -> bool {
    value.is_null() || value.is_empty()
}

/// A value in a line, or in a line a part where it is long.
fn write_value(text: &mut String, path: &str, shown: &Shown, style: &Style) {
    let room = style.width.saturating_sub(10).max(60);
    let mut open = vec![(path.to_owned(), shown)];
    while let Some((path, shown)) = open.pop() {
        let line = format!("{path} = {}", shown.line(room, style));
        let parts = shown.parts(&path);
        if line.chars().count() <= room || parts.is_empty() {
            let _ = writeln!(text, "      {line}");
        } else {
            open.extend(parts.into_iter().rev());
        }
    }
}

/// `3 defaults, 11 more known after apply`
fn write_rest(text: &mut String, defaults: usize, later: usize, style: &Style) {
    let all = [(defaults, "by default"), (later, "known after apply")];
    let told = all.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    let told = told.collect::<Vec<_>>().join(", ");
    if !told.is_empty() {
        let _ = writeln!(text, "      {}", style.paint(Paint::Dim, &format!("({told})")));
    }
}

fn write_differences(
    text: &mut String,
    change: &Change,
    before: &Value,
    after: &Value,
    style: &Style,
) {
    let owner = Owner::new(&change.address, after);
    let (mut later, mut tags) = (0, Vec::new());
    for (name, new) in after.entries() {
        let old = before.get(name);
        let first =
            |path: &Vec<Step>| matches!(path.first(), Some(Step::Attr(attr)) if attr == name);
        let forces = change.replace_paths.iter().any(first);
        let same =
            old.is_some_and(|old| old.to_json() == new.to_json() && new.unknown_part().is_none());
        if same {
            continue;
        }
        // What is not known any more because of a replacement, and does not cause it, tells nothing.
        if new.is_unknown() && !forces && change.action != Action::Update {
            later += 1;
            continue;
        }
        let note =
            if forces { style.paint(Paint::Red, "  forces replacement") } else { String::new() };
        let rows = attribute(owner, name, old, Some(new));
        if *name == "tags_all" && tags == bare(name, &rows) {
            continue;
        }
        if *name == "tags" {
            tags = bare(name, &rows);
        }
        for (at, row) in rows.iter().enumerate() {
            let note = if at == 0 { note.as_str() } else { "" };
            let _ = writeln!(text, "      {}{note}", row.line(style));
        }
    }
    write_rest(text, 0, later, style);
}

/// Rows without the attribute's own name: `tags_all` has nothing to say that `tags` did not.
fn bare(name: &str, rows: &[Row]) -> Vec<Row> {
    let bare = |row: &Row| {
        let path = row.path.strip_prefix(name).unwrap_or_default().to_owned();
        Row { path, ..row.clone() }
    };
    rows.iter().map(bare).collect()
}

/// The parts of an attribute that differ. What differs and looks the same (a secret, a blank) is told as a whole.
fn attribute(owner: Owner<'_>, name: &str, old: Option<&Value>, new: Option<&Value>) -> Vec<Row> {
    let shown =
        |value: Option<&Value>| value.map_or(Shown::Nothing, |value| owner.attribute(name, value));
    let (before, after) = (shown(old), shown(new));
    let unset = |shown: &Shown| shown.is_nothing() || shown.is_blank();
    if unset(&before) && after.is_nothing() || before.is_nothing() && after.is_nothing() {
        return Vec::new();
    }
    let rows = rows(name, &before, &after);
    if rows.is_empty() {
        let (path, before, after) = (name.to_owned(), Some(before), Some(after));
        return vec![Row { path, before, after }];
    }
    rows
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
