//! Comments that silence findings: banana's own, and those written for checkov, trivy (tfsec) and tflint.

mod grammar;
mod scope;

use crate::{Row, Site, Suppressed};
pub(crate) use grammar::glob;
use grammar::{Comment, comment};
use model::field;
use scope::{Nodes, Scope};
use stack::{Resource, Stack};
use std::path::Path;
use syntax::{FileId, Source, Sources, Span};

/// Every such comment of a stack.
#[derive(Debug, Default)]
pub(crate) struct Suppressions {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    comment: Comment,
    scope: Scope,
    site: Site,
}

/// What the comments start with: files without any are not looked at twice.
const MARKS: [&str; 7] =
    ["banana:", "checkov:", "bridgecrew:", "cortex:", "trivy:", "tfsec:", "tflint-ignore"];

impl Suppressions {
    /// Reads them from the comments of all files. `today` as `2026-01-31`; those that ended before it are left out, and
    /// without it those that end at all.
    pub(crate) fn read(sources: &Sources, today: Option<&str>) -> Self {
        let mut entries = Vec::new();
        for (file, source) in sources.iter() {
            let text = source.text();
            if is_json(source.name()) || !MARKS.iter().any(|mark| text.contains(mark)) {
                continue;
            }
            read_file(file, source, sources, today, &mut entries);
        }
        Self { entries }
    }

    /// The comment that silences a row.
    pub(crate) fn find(&self, row: &Row<'_>, stack: &Stack) -> Option<Suppressed> {
        if self.entries.is_empty() {
            return None;
        }
        let trail = trail(row, stack);
        let entry = self.entries.iter().find(|entry| {
            entry.comment.names(row.meta)
                && trail.iter().any(|span| entry.scope.holds(*span, &stack.sources))
                && entry
                    .comment
                    .conditions
                    .iter()
                    .all(|(path, text)| meets(row.resource, path, text))
        })?;
        Some(Suppressed {
            origin: entry.comment.tool.name(),
            reason: entry.comment.reason.clone(),
            site: entry.site.clone(),
        })
    }
}

/// JSON has no comments.
fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn read_file(
    file: FileId,
    source: &Source,
    sources: &Sources,
    today: Option<&str>,
    entries: &mut Vec<Entry>,
) {
    let mut nodes = None;
    for span in syntax::comments(file, source.text()) {
        for comment in comment(sources.text(span)) {
            if !comment.counts(today) {
                continue;
            }
            let nodes = nodes.get_or_insert_with(|| Nodes::of(file, source));
            if let Some(scope) = Scope::of(&comment, span, nodes, source) {
                entries.push(Entry { comment, scope, site: Site::of(Some(span), sources) });
            }
        }
    }
}

/// Every place that a comment may stand at to silence the row: where the value is decided, the references that carried it,
/// the resource, and the calls of the modules around it.
fn trail(row: &Row<'_>, stack: &Stack) -> Vec<Span> {
    let blame = &row.value.blame;
    let mut trail: Vec<Span> = blame.at.into_iter().collect();
    trail.extend(blame.chain().map(|via| via.span));
    trail.extend(row.header);
    if let Some(resource) = row.resource {
        let path = &resource.address.module.0;
        let around = stack.modules.iter().filter(|module| path.starts_with(&module.path.0));
        trail.extend(around.filter_map(|module| module.call));
    }
    trail
}

/// True when the resource's attribute has this value: what `trivy:ignore:ID[attr=value]` asks.
fn meets(resource: Option<&Resource>, path: &str, text: &str) -> bool {
    let Some(resource) = resource else { return false };
    let value = path.split('.').fold(&resource.value, |value, step| {
        step.parse()
            .ok()
            .and_then(|at: usize| value.index(at))
            .unwrap_or_else(|| field(value, step))
    });
    value.as_str() == Some(text)
        || value.as_bool().is_some_and(|flag| flag.to_string() == text)
        || value.as_number().is_some_and(|number| number.to_string() == text)
}
