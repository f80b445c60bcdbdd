//! `banana check`

use crate::args::{Check, FindingsFormat, Output, Show, Unknown};
use crate::gate::Judged;
use crate::{Exit, Failure, Machine, file, gate, job, known, price};
use report::{CheckReport, Repository, Rows, Style, findings_text, summary_text};
use stack::Stack;
use std::path::Path;
use syntax::Level;

/// Judges a stack; what is wrong with the stack itself goes to standard error and makes it exit 2.
pub(crate) fn run(args: &Check, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    require_one_printed(&args.format)?;
    let disk = machine.disk();
    let program = job::load(&args.stack, &disk, machine, false)?;
    let mut stack = job::resolve(&program);
    job::soften_what_is_open(&mut stack);
    let mut judged = gate::judge(&stack, &args.gate, machine)?;
    known::silence(&mut judged, &stack, &args.known, &args.gate, &args.stack, machine)?;
    let Judged { outcome, rules, .. } = judged;
    let repository = repository(machine);
    let report = CheckReport {
        summary: &outcome.summary,
        findings: &outcome.findings,
        rows: Rows { all: args.show == Show::All, unknown: args.gate.unknown != Unknown::Ignore },
        rules: &rules,
        reports: &stack.reports,
        sources: &stack.sources,
        repository: &repository,
    };
    // Documents that tell of problems themselves are read by machines, which take no interest in standard error.
    let telling = [FindingsFormat::Json, FindingsFormat::JsonLines, FindingsFormat::Sarif];
    if !args.format.iter().all(|output| telling.contains(&output.format) && output.file.is_none()) {
        job::tell_problems(&stack.reports, &stack.sources, machine)?;
    }
    // All are made before the first is written: one that cannot be made leaves nothing behind.
    let mut texts = Vec::new();
    for output in args.format.iter().filter(|output| output.format != FindingsFormat::Text) {
        texts.push((output, document(output.format, &report)?));
    }
    for output in args.format.iter().filter(|output| output.format == FindingsFormat::Text) {
        texts.push((output, text(&report, &stack, args, output, machine)));
    }
    for (output, text) in texts {
        match &output.file {
            Some(path) => file::replace(&disk.full(path), text.as_bytes(), false)?,
            None => machine.out.write_all(text.as_bytes())?,
        }
    }
    Ok(if stack.reports.iter().any(|report| report.level == Level::Error) {
        Exit::Error
    } else if args.exit_zero || gate::blocking(&outcome, &args.gate).is_empty() {
        Exit::Ok
    } else {
        Exit::Findings
    })
}

/// Two documents on one standard output would be none.
fn require_one_printed(outputs: &[Output]) -> Result<(), Failure> {
    if outputs.iter().filter(|output| output.file.is_none()).count() > 1 {
        let text = "more than one `--format` without a file: write `--format sarif=findings.sarif` for all but one";
        return Err(Failure::user(text));
    }
    Ok(())
}

/// The repository around the folder that banana was started in: the first one upwards that has a `.git`, else the folder itself.
fn repository(machine: &Machine<'_>) -> Repository {
    let folder = machine.folder.canonicalize().unwrap_or_else(|_| machine.folder.clone());
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let root = root.map_or_else(|| folder.clone(), Path::to_path_buf);
    Repository::new(root, folder)
}

/// A format for machines.
fn document(format: FindingsFormat, found: &CheckReport<'_>) -> Result<String, Failure> {
    let broken =
        |e: serde_json::Error| Failure::user(format!("cannot write the findings as JSON: {e}"));
    let outside = |e: report::Outside| Failure::user(e.to_string());
    match format {
        FindingsFormat::Text => Ok(String::new()),
        FindingsFormat::Json => report::findings_json(found).map_err(broken),
        FindingsFormat::JsonLines => report::findings_json_lines(found).map_err(broken),
        FindingsFormat::Sarif => report::sarif(found, env!("CARGO_PKG_VERSION")).map_err(outside),
        FindingsFormat::Junit => Ok(report::junit(found)),
        FindingsFormat::Github => report::github(found).map_err(outside),
        FindingsFormat::Gitlab => report::gitlab(found).map_err(outside),
        FindingsFormat::Markdown => report::markdown(found).map_err(outside),
    }
}

/// For people: findings, a summary and the price.
fn text(
    found: &CheckReport<'_>,
    stack: &Stack,
    args: &Check,
    output: &Output,
    machine: &mut Machine<'_>,
) -> String {
    // What goes into a file has no colours.
    let plain = Style { colour: false, ..machine.style };
    let style = if output.file.is_some() { plain } else { machine.style };
    let shown: Vec<_> = found.findings.iter().filter(|f| found.rows.shows(f)).collect();
    let mut text = findings_text(&shown, found.rules, found.sources, &style);
    text += &summary_text(found.summary, &style);
    text.push('\n');
    text += &price::one_line(stack, args.stack.region.clone(), machine);
    text.push('\n');
    text
}
