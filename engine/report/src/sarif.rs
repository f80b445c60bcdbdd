//! SARIF 2.1.0 (OASIS), as code scanning reads it: files named from the root of the repository, the module chain as related
//! locations, fingerprints that survive an edit of other lines.

use crate::check_report::sentence;
use crate::{CheckReport, Outside};
use check::{Finding, Patch, Rule, Severity, Suppressed, Verdict};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use syntax::Level;

/// GitHub reads at most so many results of a run.
const MOST_RESULTS: usize = 25_000;
/// And so many tags of a rule.
const MOST_TAGS: usize = 20;

/// The whole log, ending in a line break. `version` is banana's.
pub fn sarif(report: &CheckReport<'_>, version: &str) -> Result<String, Outside> {
    let shown: Vec<&Finding> = report.shown().take(MOST_RESULTS).collect();
    let left_out = report.shown().count() - shown.len();
    let used: BTreeMap<&str, &Rule> =
        shown.iter().filter_map(|f| Some((f.rule, report.rule(f)?))).collect();
    let indexes: BTreeMap<&str, usize> =
        used.keys().enumerate().map(|(i, code)| (*code, i)).collect();
    let mut results = Vec::with_capacity(shown.len());
    for finding in shown {
        results.push(result(report, finding, indexes.get(finding.rule).copied())?);
    }
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "banana",
                "version": version,
                "rules": used.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "the root of the repository" } } },
            "invocations": [invocation(report, left_out)?],
            "results": results,
        }],
    });
    Ok(format!("{log:#}\n"))
}

fn descriptor(rule: &Rule) -> Value {
    let meta = rule.meta;
    let controls = meta.controls.iter().map(|(standard, number)| format!("{standard} {number}"));
    let tags: Vec<String> = ["security".to_owned()]
        .into_iter()
        .chain(controls)
        .chain(meta.aliases.iter().map(|alias| (*alias).to_owned()))
        .take(MOST_TAGS)
        .collect();
    let mut descriptor = json!({
        "id": meta.code,
        "name": meta.name,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": rule.docs, "markdown": rule.docs },
        "defaultConfiguration": { "level": level(meta.severity) },
        "properties": { "tags": tags, "security-severity": score(meta.severity) },
    });
    if let (Some(link), Some(map)) = (meta.links.first(), descriptor.as_object_mut()) {
        map.insert("helpUri".into(), json!(link));
    }
    descriptor
}

fn result(
    report: &CheckReport<'_>,
    finding: &Finding,
    rule: Option<usize>,
) -> Result<Value, Outside> {
    // A verdict that is no fail has no level; `open` is SARIF's word for "there was too little to decide".
    let (kind, level) = match finding.verdict {
        Verdict::Fail => ("fail", level(finding.severity)),
        Verdict::Unknown => ("open", "none"),
        Verdict::Pass => ("pass", "none"),
    };
    let mut location = Map::new();
    if let Some(place) = physical(report, &finding.site)? {
        location.insert("physicalLocation".into(), place);
    }
    let name = json!([{ "fullyQualifiedName": finding.address, "kind": "resource" }]);
    location.insert("logicalLocations".into(), name);
    let mut related = Vec::new();
    for (other, id) in finding.related.iter().zip(1..) {
        if let Some(place) = physical(report, &other.site)? {
            related.push(
                json!({ "id": id, "physicalLocation": place, "message": { "text": other.label } }),
            );
        }
    }
    let message = format!("{}: {}", finding.address, sentence(finding));
    let mut result = json!({
        "ruleId": finding.rule,
        "kind": kind,
        "level": level,
        "message": { "text": message },
        "locations": [location],
        "relatedLocations": related,
        "partialFingerprints": { "banana/v1": finding.fingerprint },
    });
    if let Some(map) = result.as_object_mut() {
        map.extend(rule.map(|index| ("ruleIndex".to_owned(), json!(index))));
        if let Some(fix) = &finding.fix {
            map.insert("fixes".into(), json!([self::fix(report, fix)?]));
        }
        if let Some(by) = &finding.suppressed {
            map.insert("suppressions".into(), json!([suppression(report, by)?]));
        }
    }
    Ok(result)
}

fn suppression(report: &CheckReport<'_>, by: &Suppressed) -> Result<Value, Outside> {
    let comment = !["baseline", "config", "new-from"].contains(&by.origin);
    let mut one = Map::new();
    one.insert("kind".into(), json!(if comment { "inSource" } else { "external" }));
    one.extend(by.reason.as_ref().map(|reason| ("justification".to_owned(), json!(reason))));
    // A baseline or a configuration may stand outside of the repository.
    if let Some(place) =
        physical(report, &by.site).or_else(|e| if comment { Err(e) } else { Ok(None) })?
    {
        one.insert("location".into(), json!({ "physicalLocation": place }));
    }
    Ok(Value::Object(one))
}

fn physical(report: &CheckReport<'_>, site: &check::Site) -> Result<Option<Value>, Outside> {
    let file = report.file(&site.file)?;
    Ok(file.map(|file| {
        json!({
            "artifactLocation": { "uri": uri(&file), "uriBaseId": "%SRCROOT%" },
            "region": {
                "startLine": site.line,
                "startColumn": site.column,
                "endLine": site.end_line,
                "endColumn": site.end_column,
            },
        })
    }))
}

/// A fix as its replacements, file by file.
fn fix(report: &CheckReport<'_>, fix: &Patch) -> Result<Value, Outside> {
    let mut changes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let place = report.sources.place(edit.span);
        changes.entry(&edit.file).or_default().push(json!({
            "deletedRegion": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
            "insertedContent": { "text": edit.text },
        }));
    }
    let mut artifacts = Vec::new();
    for (name, replacements) in changes {
        let file = report.file(name)?.unwrap_or_default();
        artifacts.push(json!({
            "artifactLocation": { "uri": uri(&file), "uriBaseId": "%SRCROOT%" },
            "replacements": replacements,
        }));
    }
    let text = format!("{} ({})", fix.title, fix.kind.name());
    Ok(json!({ "description": { "text": text }, "artifactChanges": artifacts }))
}

/// Trouble with the stack, and how many results there was no room for.
fn invocation(report: &CheckReport<'_>, left_out: usize) -> Result<Value, Outside> {
    let mut told = Vec::new();
    for trouble in report.reports {
        let level = if trouble.level == Level::Error { "error" } else { "warning" };
        let mut one = json!({
            "level": level,
            "descriptor": { "id": trouble.code },
            "message": { "text": trouble.message },
        });
        let site = trouble.at.as_ref().map(|at| check::Site::of(Some(at.span), report.sources));
        if let (Some(site), Some(one)) = (site, one.as_object_mut())
            && let Some(place) = physical(report, &site)?
        {
            one.insert("locations".into(), json!([{ "physicalLocation": place }]));
        }
        told.push(one);
    }
    if left_out > 0 {
        let text = format!("{left_out} results are left out: a run holds {MOST_RESULTS} at most");
        told.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let sound = report.reports.iter().all(|trouble| trouble.level != Level::Error);
    Ok(json!({ "executionSuccessful": sound, "toolExecutionNotifications": told }))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// The middle of the range that code scanning shows under the same name.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

/// A relative reference (RFC 3986): what is neither unreserved nor `/` is escaped.
fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_references() {
        assert_eq!(super::uri("live/prod a/é.tf"), "live/prod%20a/%C3%A9.tf");
    }
}
