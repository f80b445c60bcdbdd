//! `condition` and `error_message`, as `validation`, `precondition`, `postcondition` and `assert` hold them.

use super::body::{Block, Expression};
use super::read;
use syntax::{Report, Span};

/// Something that must hold.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) header: Span,
    pub(crate) test: Expression,
    pub(crate) message: Expression,
}

/// Reads one; a report for each part that is missing.
pub(crate) fn read(block: &Block, reports: &mut Vec<Report>) -> Option<Condition> {
    let content = block.body.content(&|_| None);
    let place = format!("a `{}` block", block.kind);
    read::only(&content, &["condition", "error_message"], &[], &place, reports);
    let mut get = |name: &str| {
        let found = content.attribute(name).map(|a| a.value.clone());
        if found.is_none() {
            reports.push(missing(&place, name, block.header));
        }
        found
    };
    let (test, message) = (get("condition"), get("error_message"));
    Some(Condition { header: block.header, test: test?, message: message? })
}

/// An argument that must be written is not.
pub(crate) fn missing(place: &str, name: &str, header: Span) -> Report {
    Report::error("missing-argument", format!("{place} needs the argument `{name}`"))
        .at(header, format!("`{name}` is missing"))
}
