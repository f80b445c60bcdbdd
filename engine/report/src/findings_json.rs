//! Findings for machines: version 1 of the contract.

use crate::CheckReport;
use check::{Finding, Summary, Verdict};
use serde::Serialize;
use syntax::{Level, Report, Sources};

/// Which rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Passes and suppressed findings too: one row a rule and resource.
    pub all: bool,
    /// Undecided ones.
    pub unknown: bool,
}

impl Rows {
    /// True when this finding is printed.
    pub fn shows(self, finding: &Finding) -> bool {
        self.all
            || (finding.suppressed.is_none()
                && match finding.verdict {
                    Verdict::Fail => true,
                    Verdict::Unknown => self.unknown,
                    Verdict::Pass => false,
                })
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    summary: &'a Summary,
    findings: Vec<&'a Finding>,
    diagnostics: Vec<Diagnostic<'a>>,
}

/// Trouble with the stack itself, beside the findings.
#[derive(Serialize)]
struct Diagnostic<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    help: Option<&'a str>,
}

/// The whole document, ending in a line break.
pub fn findings_json(report: &CheckReport<'_>) -> Result<String, serde_json::Error> {
    let document = Document {
        version: 1,
        summary: report.summary,
        findings: report.shown().collect(),
        diagnostics: report.reports.iter().map(|one| diagnostic(one, report.sources)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

/// One line of [`findings_json_lines`].
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<'a> {
    Finding(&'a Finding),
    Diagnostic(Diagnostic<'a>),
    Summary(&'a Summary),
}

/// The same as a line a finding, then a line a diagnostic, then the summary; each says its `kind`.
pub fn findings_json_lines(report: &CheckReport<'_>) -> Result<String, serde_json::Error> {
    let diagnostics = report.reports.iter().map(|one| diagnostic(one, report.sources));
    let lines = report
        .shown()
        .map(Line::Finding)
        .chain(diagnostics.map(Line::Diagnostic))
        .chain([Line::Summary(report.summary)]);
    lines.map(|line| serde_json::to_string(&line).map(|text| text + "\n")).collect()
}

fn diagnostic<'a>(report: &'a Report, sources: &Sources) -> Diagnostic<'a> {
    let place = report.at.as_ref().map(|at| sources.place(at.span));
    Diagnostic {
        severity: match report.level {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        code: report.code,
        message: &report.message,
        file: place.as_ref().map(|p| p.file.clone()),
        line: place.as_ref().map(|p| p.line),
        column: place.as_ref().map(|p| p.column),
        end_line: place.as_ref().map(|p| p.end_line),
        end_column: place.as_ref().map(|p| p.end_column),
        help: report.help.as_deref(),
    }
}
