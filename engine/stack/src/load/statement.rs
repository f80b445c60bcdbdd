//! `moved`, `import`, `removed` and `check`: blocks that declare nothing to build.

use super::body::{Block, Content, Expression};
use super::condition::{self, Condition};
use super::read;
use crate::Str;
use crate::eval::Traversal;
use syntax::{Report, Span};

/// One of them.
#[derive(Debug)]
pub(crate) enum Statement {
    /// `moved { from = … to = … }`
    Moved { from: Traversal, to: Traversal, header: Span },
    /// `import { to = … id = … }`
    Import { to: Expression, id: Option<Expression>, for_each: Option<Expression>, header: Span },
    /// `removed { from = … lifecycle { destroy = … } }`
    Removed { from: Traversal, destroy: bool, header: Span },
    /// `check "name" { assert { … } }`
    Check { name: Str, asserts: Vec<Condition> },
}

impl Statement {
    pub(crate) fn read(block: &Block, reports: &mut Vec<Report>) -> Option<Self> {
        let content = block.body.content(&|kind| match kind {
            "lifecycle" | "assert" | "connection" => Some(0),
            "provisioner" => Some(1),
            "data" => Some(2),
            _ => None,
        });
        let header = block.header;
        let place = format!("`{}`", block.kind);
        match block.kind.as_str() {
            "moved" => {
                read::only(&content, &["from", "to"], &[], &place, reports);
                let from = address(&content, "from", &place, header, reports);
                let to = address(&content, "to", &place, header, reports);
                Some(Self::Moved { from: from?, to: to?, header })
            }
            "import" => {
                let known = ["to", "id", "identity", "for_each", "provider"];
                read::only(&content, &known, &[], &place, reports);
                let get = |name: &str| content.attribute(name).map(|a| a.value.clone());
                if get("to").is_none() {
                    reports.push(condition::missing(&place, "to", header));
                }
                let (id, for_each) = (get("id"), get("for_each"));
                Some(Self::Import { to: get("to")?, id, for_each, header })
            }
            "removed" => {
                let blocks = ["lifecycle", "provisioner", "connection"];
                read::only(&content, &["from"], &blocks, &place, reports);
                let from = address(&content, "from", &place, header, reports);
                let mut destroy = true;
                for inner in content.blocks("lifecycle") {
                    let inner = inner.body.content(&|_| None);
                    read::only(&inner, &["destroy"], &[], "`lifecycle`", reports);
                    let value = inner.attribute("destroy").map(|a| &a.value);
                    destroy = read::switch(value, reports).unwrap_or(true);
                }
                Some(Self::Removed { from: from?, destroy, header })
            }
            "check" => {
                read::only(&content, &["depends_on"], &["assert", "data"], &place, reports);
                let name = block.labels.first().map(|(name, _)| name.clone()).unwrap_or_default();
                let asserts: Vec<Condition> =
                    content.blocks("assert").filter_map(|b| condition::read(b, reports)).collect();
                Some(Self::Check { name, asserts })
            }
            _ => None,
        }
    }
}

fn address(
    content: &Content,
    name: &str,
    place: &str,
    header: Span,
    reports: &mut Vec<Report>,
) -> Option<Traversal> {
    let Some(attribute) = content.attribute(name) else {
        reports.push(condition::missing(place, name, header));
        return None;
    };
    let found = read::reference(&attribute.value);
    if found.is_none() {
        let report = Report::error("bad-address", format!("`{name}` must be an address"))
            .at(attribute.value.span(), "not an address");
        reports.push(report.help("write for example `aws_vpc.main` or `module.web`"));
    }
    found
}
