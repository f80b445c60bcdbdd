//! Why a value is not known, and who would settle it.

use stack::{Kind, Mode, Origin, Value, value::Step};
use std::fmt::Write;
use syntax::Span;

/// What keeps a verdict open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Open {
    /// Why, in one sentence.
    pub(crate) reason: String,
    /// Variables, data sources and instances that would settle it.
    pub(crate) settled_by: Vec<String>,
}

/// Reads it from the unknown parts of a value; `text` is what stands at a place. `None` when all of it is known.
pub(crate) fn explain(value: &Value, text: &dyn Fn(Span) -> String) -> Option<Open> {
    let origins = value.origins();
    (!origins.is_empty()).then(|| of(origins, text, value.is_sensitive()))
}

/// Reads it from those who decide; `secret`: what it would be is not told. Each condition is told once, however often values lead to it.
pub(crate) fn of(origins: Vec<Origin>, text: &dyn Fn(Span) -> String, secret: bool) -> Open {
    let mut open = Open::default();
    let mut reasons: Vec<String> = Vec::new();
    let mut told: Vec<Span> = Vec::new();
    let mut todo = origins;
    todo.reverse();
    while let Some(origin) = todo.pop() {
        let (reason, by) = match origin {
            Origin::Variable(name) => {
                (format!("variable `{name}` has no value"), Some(format!("var.{name}")))
            }
            Origin::Resource { address, path } => {
                let what = format!("{address}{}", steps(&path));
                match address.mode {
                    Mode::Data => (
                        format!("`{what}` is read from AWS"),
                        Some(format!("data source {address}")),
                    ),
                    Mode::Managed => (format!("`{what}` is known after apply"), Some(what)),
                }
            }
            Origin::Conditional { test, .. } if told.contains(&test) => continue,
            Origin::Conditional { test, decider, then, otherwise } => {
                told.push(test);
                todo.extend(otherwise.origins());
                todo.extend(then.origins());
                todo.push(decider.as_ref().clone());
                let asked = line(&text(test));
                let (then, otherwise) = (brief(&then), brief(&otherwise));
                let sides = format!("it is {then} if so, {otherwise} if not");
                let sides = if secret { String::new() } else { format!(" ({sides})") };
                (format!("the condition `{asked}` is not known{sides}"), None)
            }
            Origin::Derived(from) => {
                todo.extend(from.iter().rev().cloned());
                continue;
            }
            Origin::Apply(function) => (format!("`{function}` runs when applied"), None),
            Origin::Unpriced(what) => (what.to_string(), None),
            Origin::Repetition { by, .. } if told.contains(&by) => continue,
            Origin::Repetition { by, decider } => {
                told.push(by);
                todo.push(decider.as_ref().clone());
                (format!("`{}` repeats an unknown number of times", line(&text(by))), None)
            }
            Origin::Error => ("an earlier error leaves a hole here".into(), None),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
        if let Some(by) = by.filter(|by| !open.settled_by.contains(by)) {
            open.settled_by.push(by);
        }
    }
    open.reason = reasons.join("; ");
    open
}

/// A value in a few words, for a sentence: as it would be written, without secrets.
fn brief(value: &Value) -> String {
    const LONGEST: usize = 60;
    if value.is_sensitive() {
        return "(sensitive)".into();
    }
    let text = match &value.kind {
        Kind::Null(_) => "null".into(),
        Kind::Bool(flag) => format!("`{flag}`"),
        Kind::Number(number) => format!("`{number}`"),
        Kind::String(text) => format!("`{text:?}`"),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            let written = |item: &Value| {
                item.as_str().filter(|_| !item.is_sensitive()).map(|text| format!("{text:?}"))
            };
            match items.iter().map(written).collect::<Option<Vec<_>>>() {
                Some(items) => format!("`[{}]`", items.join(", ")),
                None => format!("a list of {}", items.len()),
            }
        }
        Kind::Map(..) | Kind::Object(_) => format!("{} parts", value.len().unwrap_or(0)),
        Kind::Unknown(_) => "not known".into(),
    };
    if text.chars().count() <= LONGEST { text } else { "something longer".into() }
}

/// `.network_interface[0].id`
fn steps(path: &[Step]) -> String {
    path.iter().fold(String::new(), |mut text, step| {
        let written = match step {
            Step::Attr(name) => write!(text, ".{name}"),
            Step::Index(at) => write!(text, "[{at}]"),
            Step::Any => write!(text, "[*]"),
        };
        written.map_or_else(|_| String::new(), |()| text)
    })
}

/// One line of source for a sentence.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
