//! `JUnit`'s XML, as CI servers read it: a suite a file, a case a rule and resource.

use crate::CheckReport;
use crate::check_report::{is_failure, sentence};
use check::{Finding, Verdict};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The whole document, ending in a line break. Failures are failures; what is undecided or silenced is skipped.
pub fn junit(report: &CheckReport<'_>) -> String {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in report.shown() {
        files.entry(&finding.site.file).or_default().push(finding);
    }
    let all = || files.values().flatten().copied();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<testsuites name=\"banana check\" {}>", counts(all()));
    for (file, findings) in &files {
        let name = if file.is_empty() { "the stack" } else { file };
        let totals = counts(findings.iter().copied());
        let _ = writeln!(text, "  <testsuite name=\"{}\" {totals}>", escaped(name));
        for finding in findings {
            case(&mut text, finding);
        }
        text += "  </testsuite>\n";
    }
    text + "</testsuites>\n"
}

fn counts<'f>(findings: impl Iterator<Item = &'f Finding> + Clone) -> String {
    let failed = findings.clone().filter(|f| is_failure(f)).count();
    let skipped = findings.clone().filter(|f| is_skipped(f)).count();
    format!(
        "tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\"",
        findings.count()
    )
}

fn is_skipped(finding: &Finding) -> bool {
    finding.verdict == Verdict::Unknown || finding.suppressed.is_some()
}

fn case(text: &mut String, finding: &Finding) {
    let name = escaped(&format!("{} {}", finding.rule, finding.name));
    let class = escaped(&finding.address);
    let _ = write!(text, "    <testcase name=\"{name}\" classname=\"{class}\"");
    let sentence = escaped(&sentence(finding));
    if is_failure(finding) {
        let site = &finding.site;
        let place = escaped(&format!("{}:{}:{}", site.file, site.line, site.column));
        let severity = finding.severity.name();
        let _ = writeln!(
            text,
            ">\n      <failure type=\"{severity}\" message=\"{sentence}\">{place}</failure>\n    </testcase>"
        );
    } else if is_skipped(finding) {
        let why =
            finding.suppressed.as_ref().map(|by| by.reason.as_deref().unwrap_or("suppressed"));
        let why = why.map_or(sentence, escaped);
        let _ = writeln!(text, ">\n      <skipped message=\"{why}\"/>\n    </testcase>");
    } else {
        text.push_str("/>\n");
    }
}

/// XML 1.0: five characters are escaped, and most control characters have no place in it at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' | '\t' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
