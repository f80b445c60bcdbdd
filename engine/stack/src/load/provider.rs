//! `provider "aws" { … }`, and how provider configurations are named.

use super::body::{Block, Content, Expression};
use super::{read, references};
use crate::Str;
use crate::eval::Traversal;
use std::fmt;
use syntax::{Report, Span};

/// Local name and alias: `aws`, `aws.us`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name {
    pub(crate) local: Str,
    pub(crate) alias: Option<Str>,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.alias {
            Some(alias) => write!(f, "{}.{alias}", self.local),
            None => f.write_str(&self.local),
        }
    }
}

/// A declared provider configuration.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) name: Name,
    pub(crate) header: Span,
    pub(crate) content: Content,
    /// Every reference in it.
    pub(crate) references: Vec<Traversal>,
}

impl Provider {
    pub(crate) fn read(local: &Str, block: &Block, reports: &mut Vec<Report>) -> Self {
        let schema = schema::provider().filter(|s| s.name == local.as_str());
        let mut content = block.body.content(&|kind| match kind {
            "dynamic" => Some(1),
            _ => schema.and_then(|s| s.body.block(kind)).map(|_| 0),
        });
        let alias = read::text(content.take("alias").as_ref(), reports);
        content.take("version");
        let references = references::of(&content, schema.map(|s| s.body));
        let name = Name { local: local.clone(), alias };
        Self { name, header: block.header, content, references }
    }
}

/// The name that `provider = aws.us` or an entry of `providers = { … }` refers to.
pub(crate) fn name_of(value: &Expression, reports: &mut Vec<Report>) -> Option<Name> {
    let found = read::reference(value).and_then(|to| match to.steps.as_slice() {
        [] => Some(Name { local: to.root, alias: None }),
        [alias] => Some(Name { local: to.root, alias: Some(alias.name()?.clone()) }),
        _ => None,
    });
    if found.is_none() {
        let report = Report::error(
            "bad-provider-reference",
            "this is no reference to a provider configuration",
        )
        .at(value.span(), "not `name` or `name.alias`");
        reports.push(report.help("write for example `aws` or `aws.us`, without quotes"));
    }
    found
}
