//! `output "x" { … }`

use super::body::{Block, Expression};
use super::condition::{self, Condition};
use super::read;
use crate::eval::Traversal;
use crate::value::Str;
use syntax::{Report, Span};

/// A declared output.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) header: Span,
    pub(crate) value: Option<Expression>,
    pub(crate) description: Option<Str>,
    pub(crate) sensitive: bool,
    pub(crate) ephemeral: bool,
    pub(crate) depends_on: Vec<Traversal>,
    pub(crate) preconditions: Vec<Condition>,
}

const ATTRIBUTES: &[&str] =
    &["value", "description", "sensitive", "ephemeral", "depends_on", "deprecated"];

impl Output {
    pub(crate) fn read(block: &Block, reports: &mut Vec<Report>) -> Self {
        let content = block.body.content(&|kind| (kind == "precondition").then_some(0));
        read::only(&content, ATTRIBUTES, &["precondition"], "an output", reports);
        let get = |name: &str| content.attribute(name).map(|a| &a.value);
        if get("value").is_none() {
            reports.push(condition::missing("an output", "value", block.header));
        }
        Self {
            header: block.header,
            value: get("value").cloned(),
            description: read::text(get("description"), reports),
            sensitive: read::switch(get("sensitive"), reports).unwrap_or(false),
            ephemeral: read::switch(get("ephemeral"), reports).unwrap_or(false),
            depends_on: read::references(get("depends_on"), reports),
            preconditions: content
                .blocks("precondition")
                .filter_map(|b| condition::read(b, reports))
                .collect(),
        }
    }
}
