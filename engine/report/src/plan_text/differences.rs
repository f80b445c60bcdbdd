//! What differs between two values: only the parts that do, each with its path.

use super::shown::{Shown, cut, dots, joined};
use crate::Style;
use std::collections::{BTreeMap, BTreeSet};

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
        let room = style.width.saturating_sub(30).max(40);
        match (before, after) {
            (Some(Shown::Leaf(before)), Some(Shown::Leaf(after))) => {
                let skip = shared(before, after, room);
                let shown = |text: &str| match skip {
                    0 => cut(text, room, style),
                    skip => {
                        let rest: String = text.chars().skip(skip).collect();
                        format!("{}{}", dots(style), cut(&rest, room, style))
                    }
                };
                format!("{path}: {} -> {}", shown(before), shown(after))
            }
            (Some(before), Some(after)) => {
                format!("{path}: {} -> {}", before.line(room, style), after.line(room, style))
            }
            (None, Some(after)) => format!("{path}: + {}", after.line(room, style)),
            (Some(before), None) => format!("{path}: - {}", before.line(room, style)),
            (None, None) => path.clone(),
        }
    }
}

/// How much of two long texts to leave out in front, so that what differs is in sight.
fn shared(a: &str, b: &str, room: usize) -> usize {
    if a.chars().count().max(b.chars().count()) <= room {
        return 0;
    }
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    if same < room / 2 { 0 } else { same.saturating_sub(10) }
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
        (Shown::Nothing, Shown::Parts(_)) => {
            collect(path, &Shown::Parts(BTreeMap::new()), after, rows);
        }
        (Shown::Parts(_), Shown::Nothing) => {
            collect(path, before, &Shown::Parts(BTreeMap::new()), rows);
        }
        (Shown::Parts(old), Shown::Parts(new)) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let path = joined(path, name);
                match (old.get(name), new.get(name)) {
                    (Some(old), Some(new)) => collect(&path, old, new, rows),
                    (Some(part), None) | (None, Some(part)) if part.is_nothing() => {}
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
        // From nothing, or to nothing.
        (old, new) if old.is_nothing() => {
            rows.push(Row { path: path.to_owned(), before: None, after: Some(new.clone()) });
        }
        (old, new) if new.is_nothing() => {
            rows.push(Row { path: path.to_owned(), before: Some(old.clone()), after: None });
        }
        _ => rows.push(whole()),
    }
}

/// What went out of a collection, and what came into it. One element for another is shown part by part, another order as a whole.
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
    if went.is_empty() && came.is_empty() {
        let whole = |all: &[Shown]| Some(Shown::List(all.to_vec()));
        rows.push(Row { path: path.to_owned(), before: whole(old), after: whole(new) });
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
