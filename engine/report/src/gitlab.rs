//! GitLab's code quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use crate::check_report::sentence;
use crate::{CheckReport, Outside};
use check::{Severity, Verdict};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An array of issues, ending in a line break.
pub fn gitlab(report: &CheckReport<'_>) -> Result<String, Outside> {
    let mut issues = Vec::new();
    // Of two issues with one fingerprint GitLab shows only the first.
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in report.open() {
        let times = seen.entry(&finding.fingerprint).or_default();
        *times += 1;
        let fingerprint = match *times {
            1 => finding.fingerprint.clone(),
            more => format!("{}-{more}", finding.fingerprint),
        };
        let severity = match (finding.verdict, finding.severity) {
            (Verdict::Unknown, _) => "info",
            (_, Severity::Low) => "minor",
            (_, Severity::Medium) => "major",
            (_, Severity::High) => "critical",
            (_, Severity::Critical) => "blocker",
        };
        let file = report.file(&finding.site.file)?.unwrap_or_else(|| ".".into());
        issues.push(json!({
            "description": format!("{}: {}", finding.address, sentence(finding)),
            "check_name": format!("{} {}", finding.rule, finding.name),
            "fingerprint": fingerprint,
            "severity": severity,
            "location": { "path": file, "lines": { "begin": finding.site.line.max(1) } },
        }));
    }
    Ok(format!("{:#}\n", Value::Array(issues)))
}
