//! `check --fix` and `--diff`: findings put right, first in memory, then in the files.

use crate::args::{FixArgs, StackArgs};
use crate::gate::Gate;
use crate::{Disk, Failure, Machine, file, job};
use check::{ChangedFile, FixKind, Fixed, Outcome, Suppressed};
use report::{Paint, Style, unified_diff};
use stack::{Host, Program, Stack};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

impl FixArgs {
    /// The boldest fixes asked for; `None` when none are.
    pub(crate) fn kind(self) -> Result<Option<FixKind>, Failure> {
        match (self.fix || self.diff, self.unsafe_fixes) {
            (true, true) => Ok(Some(FixKind::Unsafe)),
            (true, false) => Ok(Some(FixKind::Safe)),
            (false, false) => Ok(None),
            (false, true) => Err(Failure::user("`--unsafe-fixes` alone changes nothing")
                .help("add `--fix` to change the files, or `--diff` to see what would be changed")),
        }
    }
}

/// Fixes what the arguments name, in memory. What is silenced in the outcome as it was stays so.
pub(crate) fn fix(
    kind: FixKind,
    args: &StackArgs,
    gate: &Gate,
    before: &Outcome,
    machine: &mut Machine<'_>,
) -> Result<Fixed, Failure> {
    let silenced = before
        .findings
        .iter()
        .filter_map(|finding| Some((finding.fingerprint.as_str(), finding.suppressed.as_ref()?)));
    let silenced: BTreeMap<&str, &Suppressed> = silenced.collect();
    let disk = machine.disk();
    let options = job::options(args, &disk, machine, false)?;
    let resolve = |host: &dyn Host| {
        let mut stack = job::resolve(&Program::load(&options, host));
        job::soften_what_is_open(&mut stack);
        stack
    };
    check::fix(&disk, kind, resolve, |stack| {
        let mut outcome = gate.judge(stack, machine)?;
        outcome.silence(|finding| silenced.get(finding.fingerprint.as_str()).copied().cloned());
        Ok(outcome)
    })
}

/// Writes the files, each as a whole and with the rights it has. Those that are no longer what was read are left alone, and so are all
/// others then.
pub(crate) fn write(files: &[ChangedFile], disk: &Disk) -> Result<(), Failure> {
    let mut targets = Vec::new();
    for ChangedFile { name, before, after } in files {
        let cannot = |why: String| Failure::user(format!("cannot fix `{name}`: {why}"));
        // A link stays a link: what it leads to is replaced.
        let path = disk.canonical(Path::new(name)).map_err(|error| cannot(error.to_string()))?;
        let now = disk.read(&path).map_err(|error| cannot(error.to_string()))?;
        if now != before.as_bytes() {
            return Err(cannot("it was changed meanwhile".into()).help("run the command again"));
        }
        let rights = path.metadata().map_err(|error| cannot(error.to_string()))?.permissions();
        if rights.readonly() {
            return Err(
                cannot("it is read-only".into()).help("`--diff` shows the changes as a patch")
            );
        }
        targets.push((path, after));
    }
    targets.iter().try_for_each(|(path, after)| file::replace(path, after.as_bytes(), false))
}

/// The changes of a stack as patches, one a file. Lines with secrets are left out of what is around a change.
pub(crate) fn diff(fixed: &Fixed, stack: &Stack, outcome: &Outcome) -> Vec<String> {
    let places = check::secret_places(stack, &outcome.findings);
    let places: Vec<_> = places.into_iter().map(|at| stack.sources.place(at)).collect();
    let secret = |file: &ChangedFile| -> BTreeSet<usize> {
        let lines = places.iter().filter(|place| place.file == file.name);
        lines.flat_map(|place| place.line..=place.end_line).map(|line| line as usize - 1).collect()
    };
    let each = fixed
        .files
        .iter()
        .map(|file| unified_diff(&file.name, &file.before, &file.after, &secret(file)));
    each.collect()
}

/// What was put right, by rule and file, and what was left out and why.
pub(crate) fn told(fixed: &Fixed, done: bool, style: &Style) -> String {
    let mut text = String::new();
    let heading = if done { "fixed:" } else { "would fix:" };
    let names = fixed.done.iter().map(|it| it.name.len()).max().unwrap_or(0);
    let files = fixed.done.iter().map(|it| it.file.len()).max().unwrap_or(0);
    if !fixed.done.is_empty() {
        let _ = writeln!(text, "{}", style.paint(Paint::Bold, heading));
    }
    for it in &fixed.done {
        let name = style.paint(Paint::Cyan, &format!("{:<names$}", it.name));
        let times =
            if it.findings > 1 { format!(" ({} findings)", it.findings) } else { String::new() };
        let _ = writeln!(text, "  {} {name}  {:<files$}  {}{times}", it.rule, it.file, it.title);
    }
    if !fixed.refused.is_empty() {
        let _ = writeln!(text, "{}", style.paint(Paint::Bold, "not fixed:"));
    }
    for it in &fixed.refused {
        let name = style.paint(Paint::Cyan, it.name);
        let _ = writeln!(text, "  {} {name}  {} at {}: {}", it.rule, it.address, it.place, it.why);
    }
    let count: usize = fixed.done.iter().map(|it| it.findings).sum();
    let what = if done { "fixed" } else { "would fix" };
    let _ = match count {
        0 => writeln!(text, "nothing to fix"),
        _ => writeln!(
            text,
            "{what} {} in {}",
            counted(count, "finding"),
            counted(fixed.files.len(), "file")
        ),
    };
    text
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
