//! Problems of a stack as `terraform validate -json` prints them.

use serde_json::{Value as Json, json};
use syntax::{Level, Report, Sources, Span};

/// All problems, with the counts that Terraform puts beside them.
pub fn diagnostics_json(reports: &[Report], sources: &Sources) -> Json {
    let errors = reports.iter().filter(|r| r.level == Level::Error).count();
    json!({
        "format_version": "1.0",
        "valid": errors == 0,
        "error_count": errors,
        "warning_count": reports.len() - errors,
        "diagnostics": reports.iter().map(|report| diagnostic(report, sources)).collect::<Json>(),
    })
}

/// One problem: the message is Terraform's `summary`, the remark at the place and the help its `detail`.
pub fn diagnostic(report: &Report, sources: &Sources) -> Json {
    let label = report.at.as_ref().map(|at| at.text.as_str()).filter(|text| !text.is_empty());
    let detail: Vec<&str> = label.into_iter().chain(report.help.as_deref()).collect();
    let mut line = json!({
        "severity": if report.level == Level::Error { "error" } else { "warning" },
        "summary": report.message,
        "detail": detail.join("; "),
    });
    if let (Some(at), Some(fields)) = (&report.at, line.as_object_mut()) {
        fields.insert("range".into(), range(at.span, sources));
    }
    line
}

/// Lines and columns count from 1, bytes from 0.
fn range(span: Span, sources: &Sources) -> Json {
    let place = sources.place(span);
    json!({
        "filename": place.file,
        "start": { "line": place.line, "column": place.column, "byte": span.start },
        "end": { "line": place.end_line, "column": place.end_column, "byte": span.end },
    })
}
