//! Annotations of a pull request: GitHub's workflow commands.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>: ten of each kind are shown a step, so the
//! worst come first and the last line says how many there was no room for.

use crate::check_report::sentence;
use crate::{CheckReport, Outside};
use check::{Severity, Verdict};
use std::fmt::Write;

const MOST: usize = 10;

/// A line a finding.
pub fn github(report: &CheckReport<'_>) -> Result<String, Outside> {
    let mut text = String::new();
    let mut told = [0; 3];
    let mut left_out = 0;
    for finding in report.open() {
        let kind = match (finding.verdict, finding.severity) {
            (Verdict::Fail, Severity::Critical | Severity::High) => 0,
            (Verdict::Fail, Severity::Medium) => 1,
            _ => 2,
        };
        // One notice is kept for the last line.
        let room = if kind == 2 { MOST - 1 } else { MOST };
        let Some(count) = told.get_mut(kind).filter(|count| **count < room) else {
            left_out += 1;
            continue;
        };
        *count += 1;
        let word = ["error", "warning", "notice"].get(kind).copied().unwrap_or("notice");
        let _ = write!(text, "::{word} ");
        if let Some(file) = report.file(&finding.site.file)? {
            let site = &finding.site;
            let _ = write!(
                text,
                "file={},line={},endLine={},col={},endColumn={},",
                property(&file),
                site.line,
                site.end_line,
                site.column,
                site.end_column
            );
        }
        let title = format!("{} {}", finding.rule, finding.name);
        let message = format!("{}: {}", finding.address, sentence(finding));
        let _ = writeln!(text, "title={}::{}", property(&title), data(&message));
    }
    if left_out > 0 {
        let _ = writeln!(text, "::notice::{left_out} more findings: see the whole report");
    }
    Ok(text)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
