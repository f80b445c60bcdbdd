//! What differs between two values: only the parts that do, each with its path.

use super::shown::Shown;
use crate::Style;
use std::collections::BTreeSet;

/// A part that differs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// `policy: Statement[0].Action`
    pub(super) path: String,
    /// What was there; `None` for a part that is new.
    pub(super) before: Option<Shown>,
    /// What will be; `None` for a part that goes.
    pub(super) after: Option<Shown>,
}

impl Row {
    /// `path: old -> new`
    pub(super) fn line(&self, style: &Style) -> String {
        let Self { path, before, after } = self;
        match (before, after) {
            (Some(before), Some(after)) => {
                format!("{path}: {} -> {}", before.line(style), after.line(style))
            }
            (None, Some(after)) => format!("{path}: + {}", after.line(style)),
            (Some(before), None) => format!("{path}: - {}", before.line(style)),
            (None, None) => path.clone(),
        }
    }
}

/// The parts of `path` that differ. Two secrets may be equal and still differ: whoever asks has told them apart.
pub(super) fn rows(path: &str, before: &Shown, after: &Shown) -> Vec<Row> {
    let mut rows = Vec::new();
    collect(path, before, after, &mut rows);
    rows
}

fn collect(path: &str, before: &Shown, after: &Shown, rows: &mut Vec<Row>) {
    let whole =
        || Row { path: path.to_owned(), before: Some(before.clone()), after: Some(after.clone()) };
    match (before, after) {
        _ if before == after => {}
        (Shown::Parts(old), Shown::Parts(new)) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let path = joined(path, name);
                match (old.get(name), new.get(name)) {
                    (Some(old), Some(new)) => collect(&path, old, new, rows),
                    (old, new) => {
                        let row = Row { path, before: old.cloned(), after: new.cloned() };
                        rows.push(row);
                    }
                }
            }
        }
        (Shown::List(old), Shown::List(new)) if old.len() == new.len() => {
            for (at, (old, new)) in old.iter().zip(new).enumerate() {
                collect(&format!("{path}[{at}]"), old, new, rows);
            }
        }
        (Shown::Set(old), Shown::Set(new)) | (Shown::List(old), Shown::List(new))
            if !old.is_empty() && !new.is_empty() =>
        {
            elements(path, old, new, rows);
        }
        // One block instead of none is that block.
        _ => rows.push(whole()),
    }
}

/// What went out of a collection, and what came into it. One element for another is shown part by part.
fn elements(path: &str, old: &[Shown], new: &[Shown], rows: &mut Vec<Row>) {
    let mut came: Vec<&Shown> = new.iter().collect();
    let mut went = Vec::new();
    for element in old {
        match came.iter().position(|other| *other == element) {
            Some(at) => drop(came.remove(at)),
            None => went.push(element),
        }
    }
    if let ([old @ Shown::Parts(_)], [new @ Shown::Parts(_)]) = (went.as_slice(), came.as_slice()) {
        collect(path, old, new, rows);
        return;
    }
    let row = |before: Option<&Shown>, after: Option<&Shown>| Row {
        path: path.to_owned(),
        before: before.cloned(),
        after: after.cloned(),
    };
    rows.extend(went.into_iter().map(|element| row(Some(element), None)));
    rows.extend(came.into_iter().map(|element| row(None, Some(element))));
}

/// `tags.Name`, `tags["a.b"]`
fn joined(path: &str, name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if plain && !name.is_empty() { format!("{path}.{name}") } else { format!("{path}[{name:?}]") }
}
