//! A verdict with its place: what every report shows.

use crate::{Meta, Patch, Row, Severity};
use serde::Serialize;
use stack::Stack;
use syntax::{Sources, Span};

/// The three verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The stack breaks the rule.
    Fail,
    /// It depends on what is not known.
    Unknown,
    /// The stack keeps the rule.
    Pass,
}

impl Verdict {
    /// Its name, lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Pass => "pass",
        }
    }
}

/// A verdict of one rule on one subject.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The rule's code: `ECS002`.
    pub rule: &'static str,
    /// The rule's name: `task-public-ip`.
    pub name: &'static str,
    /// Its peers' ids.
    pub aliases: &'static [&'static str],
    /// How bad a fail is.
    pub severity: Severity,
    /// The verdict.
    pub verdict: Verdict,
    /// Whom it is about: `module.web.aws_ecs_service.this["a"]`, `var.secret`, `provider.aws`.
    pub address: String,
    /// The attribute: `network_configuration[0].assign_public_ip`; empty for the whole.
    pub path: String,
    /// What is the matter, in one sentence; may be empty for a pass.
    pub message: String,
    /// Where it is decided.
    #[serde(flatten)]
    pub site: Site,
    /// The way from there to the subject, nearest to the deciding place last.
    pub related: Vec<Related>,
    /// Why the verdict is unknown.
    pub reason: Option<String>,
    /// Variables (`var.x`), data sources and instances that would settle it.
    pub settled_by: Vec<String>,
    /// What proves it: a packet, a request.
    pub witness: Option<String>,
    /// The same finding in another run: a hash of rule, address, path and evidence, never of the line. 32 hex digits.
    pub fingerprint: String,
    /// What silences it.
    pub suppressed: Option<Suppressed>,
    /// What would put it right: only for a fail that nobody silenced, and only where edits of the stack's own files can.
    pub fix: Option<Patch>,
    /// What stands at the place is a secret: a report must not show that line.
    #[serde(skip)]
    pub secret: bool,
}

/// A place for people and machines: 1-based, columns in characters, the end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Site {
    /// File as the user would type it; empty when no file decides.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
    /// The bytes.
    #[serde(skip)]
    pub span: Option<Span>,
}

impl Site {
    /// The place of a span.
    pub fn of(span: Option<Span>, sources: &Sources) -> Self {
        let Some(span) = span else {
            return Self {
                file: String::new(),
                line: 0,
                column: 0,
                end_line: 0,
                end_column: 0,
                span: None,
            };
        };
        let place = sources.place(span);
        Self {
            file: place.file,
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            span: Some(span),
        }
    }
}

/// Another place that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Where.
    #[serde(flatten)]
    pub site: Site,
    /// What is there.
    pub label: String,
}

/// What silences a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// Whose grammar the comment is written in: `banana`, `checkov`, `trivy`, `tflint`; `baseline` or `new-from` when no comment does.
    pub origin: &'static str,
    /// The reason it gives.
    pub reason: Option<String>,
    /// Where it stands; no file for `new-from`.
    #[serde(flatten)]
    pub site: Site,
}

impl Finding {
    /// Looks up the places of a row.
    pub fn of(row: Row<'_>, stack: &Stack) -> Self {
        let sources = &stack.sources;
        let Meta { code, name, aliases, severity, .. } = *row.meta;
        let fingerprint = hash(&[code, &row.address, &row.path, &row.evidence]);
        let blame = &row.value.blame;
        let at = blame.at.or(row.header);
        let mut related: Vec<Related> = Vec::new();
        let mut relate = |span: Span, label: String| {
            let other =
                Some(span) != at && related.iter().all(|r: &Related| r.site.span != Some(span));
            if other {
                related.push(Related { site: Site::of(Some(span), sources), label });
            }
        };
        // From the subject to the deciding place, then what else takes part.
        let inside = |span: Span, around: Span| {
            span.file == around.file && around.start <= span.start && span.end <= around.end
        };
        let block = row.resource.map(|resource| resource.block).or(row.header);
        if let (Some(header), Some(block), Some(at)) = (row.header, block, at)
            && !inside(at, block)
        {
            relate(header, format!("`{}` is here", row.address));
        }
        for via in blame.chain() {
            relate(via.span, format!("through `{}`", via.what));
        }
        for (span, label) in row.also {
            relate(span, label);
        }
        Self {
            rule: code,
            name,
            aliases,
            severity,
            verdict: row.verdict,
            address: row.address,
            path: row.path,
            message: row.message,
            site: Site::of(at, sources),
            related,
            reason: row.reason,
            settled_by: row.settled_by,
            witness: row.witness,
            fingerprint,
            suppressed: None,
            fix: None,
            secret: row.secret,
        }
    }
}

/// A hash of texts, each ended by a byte that none of them holds. 32 hex digits.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}
