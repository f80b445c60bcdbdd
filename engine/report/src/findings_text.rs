//! Findings for people: the worst first, each with the deciding line; undecided ones a line each; one summary line.

use crate::snippet::near;
use crate::style::Paint;
use crate::{Style, Trouble, problem};
use check::{Finding, FixKind, Rule, Severity, Site, Summary, Suppressed, Verdict};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use syntax::{FileId, Label, Level, Sources, Span};

/// The findings that `shown` holds, in the order given; what stands at a place of `secrets` is not shown.
pub fn findings_text(
    shown: &[&Finding],
    rules: &[Rule],
    sources: &Sources,
    secrets: &[Span],
    style: &Style,
) -> String {
    let open = |f: &&&Finding| f.verdict == Verdict::Fail && f.suppressed.is_none();
    let open: Vec<&Finding> = shown.iter().filter(open).copied().collect();
    let secrets = by_file(secrets);
    let drawn = open.par_iter().map(|finding| {
        let drawn = problem(&trouble(finding, rules, sources, &secrets), sources, style);
        drawn + "\n"
    });
    let mut text: String = drawn.collect();
    undecided(&mut text, shown, style);
    list(&mut text, "suppressed", shown.iter().filter(|f| f.suppressed.is_some()), style, |f| {
        f.suppressed.as_ref().map(why).unwrap_or_default()
    });
    list(&mut text, "passed", shown.iter().filter(|f| f.verdict == Verdict::Pass), style, |_| {
        String::new()
    });
    text
}

/// What must not be shown, by the file that holds it: in order, and apart.
type Secrets = HashMap<FileId, Vec<Span>>;

fn by_file(secrets: &[Span]) -> Secrets {
    let mut sorted = secrets.to_vec();
    sorted.sort_unstable();
    let mut by_file = Secrets::new();
    for span in sorted {
        let of_file = by_file.entry(span.file).or_default();
        match of_file.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => of_file.push(span),
        }
    }
    by_file
}

/// The open questions by what keeps them open, the first asked first: one answer settles a whole group.
fn undecided(text: &mut String, shown: &[&Finding], style: &Style) {
    let open = shown.iter().filter(|f| f.verdict == Verdict::Unknown && f.suppressed.is_none());
    let width = open.clone().map(|f| f.name.len()).max().unwrap_or(0);
    let mut causes: Vec<(&str, Vec<(&Finding, usize)>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for finding in open {
        let reason = finding.reason.as_deref().unwrap_or("it cannot be read from what is written");
        let at = *places.entry(reason).or_insert_with(|| {
            causes.push((reason, Vec::new()));
            causes.len() - 1
        });
        let Some((_, rows)) = causes.get_mut(at) else { continue };
        match rows.iter_mut().find(|(first, _)| first.rule == finding.rule) {
            Some((_, more)) => *more += 1,
            None => rows.push((finding, 0)),
        }
    }
    for (cause, rows) in causes {
        let heading = style.paint(Paint::Bold, "undecided:");
        let _ = writeln!(text, "{heading} {}", style.paint(Paint::Dim, cause));
        for (first, more) in rows {
            let name = style.paint(Paint::Cyan, &format!("{:<width$}", first.name));
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let _ = writeln!(text, "  {} {name}  {}{more}", first.rule, first.address);
        }
        text.push('\n');
    }
}

/// `a demo (banana, main.tf:3)`
fn why(by: &Suppressed) -> String {
    let reason = by.reason.as_deref().unwrap_or("no reason given");
    let Site { file, line, .. } = &by.site;
    let place = if file.is_empty() { String::new() } else { format!(", {file}:{line}") };
    format!("{reason} ({}{place})", by.origin)
}

/// A heading and a line a finding; nothing when there are none.
fn list<'a>(
    text: &mut String,
    heading: &str,
    findings: impl Iterator<Item = &'a &'a Finding> + Clone,
    style: &Style,
    remark: impl Fn(&Finding) -> String,
) {
    let width = findings.clone().map(|f| f.name.len()).max().unwrap_or(0);
    let mut first = true;
    for finding in findings {
        if std::mem::take(&mut first) {
            let _ = writeln!(text, "{}", style.paint(Paint::Bold, &format!("{heading}:")));
        }
        let name = style.paint(Paint::Cyan, &format!("{:<width$}", finding.name));
        let remark = remark(finding);
        let remark = if remark.is_empty() {
            remark
        } else {
            format!("  {}", style.paint(Paint::Dim, &remark))
        };
        let _ = writeln!(text, "  {} {name}  {}{remark}", finding.rule, finding.address);
    }
    if !first {
        text.push('\n');
    }
}

/// A failed finding as a problem to draw.
fn trouble(finding: &Finding, rules: &[Rule], sources: &Sources, secrets: &Secrets) -> Trouble {
    let level = if finding.severity >= Severity::High { Level::Error } else { Level::Warning };
    let label = if finding.path.is_empty() { String::new() } else { format!("`{}`", finding.path) };
    let mut message = format!("{}: {}", finding.address, finding.message);
    if let Some(witness) = &finding.witness {
        let _ = write!(message, " ({witness})");
    }
    let rule = rules.iter().find(|rule| rule.meta.code == finding.rule);
    let fix = rule.and_then(|rule| fix(rule.docs));
    let mut explain = format!("banana explain {}", finding.rule);
    if let Some(patch) = &finding.fix {
        explain = format!("fixable with {}; {explain}", switches(patch.kind));
    }
    let sites = std::iter::once(&finding.site).chain(finding.related.iter().map(|r| &r.site));
    let mut shown: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for span in sites.filter_map(|site| site.span) {
        shown.entry(span.file).or_default().push(span);
    }
    let hidden = shown.iter().filter_map(|(file, spans)| Some((spans, secrets.get(file)?)));
    let hidden = hidden.flat_map(|(spans, secrets)| near(sources, spans, secrets)).collect();
    Trouble {
        level,
        code: format!("{} {} {}", finding.severity.name(), finding.rule, finding.name),
        message,
        at: finding.site.span.map(|span| Label { span, text: label }),
        related: finding
            .related
            .iter()
            .filter_map(|r| Some(Label { span: r.site.span?, text: r.label.clone() }))
            .collect(),
        help: Some(fix.map_or_else(|| explain.clone(), |fix| format!("{fix} ({explain})"))),
        secrets: hidden,
        url: rule.and_then(|rule| rule.meta.links.first()).map(|url| (*url).to_owned()),
    }
}

/// The first sentence of the page's **Fix.** paragraph.
fn fix(docs: &str) -> Option<String> {
    let mut lines = docs.lines().skip_while(|line| !line.starts_with("**Fix.**"));
    let first = lines.next()?.trim_start_matches("**Fix.**");
    let rest = lines.take_while(|line| !line.trim().is_empty());
    let paragraph: Vec<&str> = std::iter::once(first).chain(rest).map(str::trim).collect();
    let paragraph = paragraph.join(" ");
    let sentence = paragraph.split_once(". ").map_or(paragraph.as_str(), |(sentence, _)| sentence);
    let sentence = sentence.trim().trim_end_matches(['.', ':']);
    (!sentence.is_empty()).then(|| sentence.to_owned())
}

/// What applies a fix.
fn switches(kind: FixKind) -> &'static str {
    match kind {
        FixKind::Safe => "--fix",
        FixKind::Unsafe => "--fix --unsafe-fixes",
    }
}

/// `3 findings: 1 critical, 2 low; 4 undecided, 120 passed, 1 suppressed`
pub fn summary_text(summary: &Summary, style: &Style) -> String {
    let counted =
        [Severity::Critical, Severity::High, Severity::Medium, Severity::Low].map(|severity| {
            let count = summary.by_severity.get(severity.name()).copied().unwrap_or(0);
            let paint = if severity >= Severity::High { Paint::Red } else { Paint::Yellow };
            (count > 0).then(|| style.paint(paint, &format!("{count} {}", severity.name())))
        });
    let counted: Vec<String> = counted.into_iter().flatten().collect();
    let findings = match summary.fail {
        0 => style.paint(Paint::Green, "no findings"),
        1 => format!("1 finding: {}", counted.join(", ")),
        n => format!("{n} findings: {}", counted.join(", ")),
    };
    let mut text = format!("{findings}; {} passed", summary.pass);
    for (count, word) in [(summary.unknown, "undecided"), (summary.suppressed, "suppressed")] {
        if count > 0 {
            let _ = write!(text, ", {count} {word}");
        }
    }
    let fixable = [FixKind::Safe, FixKind::Unsafe].map(|kind| {
        let count = summary.fixable.get(kind.name()).copied().unwrap_or(0);
        (count > 0).then(|| format!("{count} with {}", switches(kind)))
    });
    let fixable: Vec<String> = fixable.into_iter().flatten().collect();
    if !fixable.is_empty() {
        let _ = write!(text, "; fixable: {}", fixable.join(", "));
    }
    text
}
