//! `banana check`

use crate::args::{Check, FindingsFormat, Output, Show, StackArgs};
use crate::gate::Gate;
use crate::judged::{self, Judged};
use crate::{Exit, Failure, Machine, file, job, roots};
use report::{CheckReport, Repository, Rows, Style, findings_text, summary_text};
use std::path::{Path, PathBuf};
use syntax::{Level, Span};

/// Judges stacks; what is wrong with a stack itself goes to standard error and makes it exit 2.
pub(crate) fn run(args: &Check, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    require_one_printed(&args.format)?;
    if args.fixes.diff
        && args.format.iter().any(|it| it.file.is_none() && it.format != FindingsFormat::Text)
    {
        let text = "`--diff` prints a patch, so another format has no place on standard output";
        return Err(Failure::user(text).help("write it into a file: `--format json=findings.json`"));
    }
    let paths: Vec<_> = std::iter::once(&args.stack.path).chain(&args.more).cloned().collect();
    let roots = roots::of(&paths, machine)?;
    if args.show_settings {
        return show_settings(&roots, args, machine);
    }
    let judged = judged::judge_all(&roots, args, machine)?;
    let blocked = judged.is_blocked();
    let Judged {
        sources,
        reports,
        rules,
        outcome,
        shows_unknown,
        bill,
        over,
        patches,
        repaired,
        secrets,
        ..
    } = judged;
    let repository = repository(machine);
    let report = CheckReport {
        summary: &outcome.summary,
        findings: &outcome.findings,
        rows: Rows { all: args.show == Show::All, unknown: shows_unknown },
        rules: &rules,
        reports: &reports,
        sources: &sources,
        repository: &repository,
    };
    // Documents that tell of problems themselves are read by machines, which take no interest in standard error.
    let telling = [FindingsFormat::Json, FindingsFormat::JsonLines, FindingsFormat::Sarif];
    if !args.format.iter().all(|output| telling.contains(&output.format) && output.file.is_none()) {
        job::tell_problems(&reports, &sources, machine)?;
    }
    // All are made before the first is written: one that cannot be made leaves nothing behind.
    let mut texts = Vec::new();
    for output in args.format.iter().filter(|output| output.format != FindingsFormat::Text) {
        texts.push((output, document(output.format, &report)?));
    }
    for output in args.format.iter().filter(|output| output.format == FindingsFormat::Text) {
        let text = if args.fixes.diff && output.file.is_none() {
            patches.concat()
        } else {
            text(&report, &secrets, &bill, output, machine)
        };
        texts.push((output, text));
    }
    if !repaired.is_empty() {
        let to_people =
            args.format.iter().any(|it| it.file.is_none() && it.format == FindingsFormat::Text);
        let stream = if args.fixes.fix && to_people { &mut machine.out } else { &mut machine.err };
        stream.write_all(repaired.as_bytes())?;
    }
    for (output, text) in texts {
        match &output.file {
            Some(path) => file::replace(&machine.disk().full(path), text.as_bytes(), false)?,
            None => machine.out.write_all(text.as_bytes())?,
        }
    }
    machine.err.write_all(over.as_bytes())?;
    Ok(if reports.iter().any(|report| report.level == Level::Error) {
        Exit::Error
    } else if args.exit_zero || !blocked {
        Exit::Ok
    } else {
        Exit::Findings
    })
}

/// Prints what holds for each root, and judges nothing.
fn show_settings(
    roots: &[PathBuf],
    args: &Check,
    machine: &mut Machine<'_>,
) -> Result<Exit, Failure> {
    for root in roots {
        let of = StackArgs { path: root.clone(), ..args.stack.clone() };
        let mut gate = Gate::open(&of, &args.gate, machine)?;
        gate.settings.lay_known(&args.known);
        if roots.len() > 1 {
            writeln!(machine.out, "{}:", root.display())?;
        }
        machine.out.write_all(gate.settings.show().as_bytes())?;
    }
    Ok(Exit::Ok)
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
    secrets: &[Span],
    bill: &str,
    output: &Output,
    machine: &Machine<'_>,
) -> String {
    // What goes into a file has no colours.
    let plain = Style { colour: false, ..machine.style };
    let style = if output.file.is_some() { plain } else { machine.style };
    let shown: Vec<_> = found.findings.iter().filter(|f| found.rows.shows(f)).collect();
    let mut text = findings_text(&shown, found.rules, found.sources, secrets, &style);
    text += &summary_text(found.summary, &style);
    text.push('\n');
    text + bill
}
