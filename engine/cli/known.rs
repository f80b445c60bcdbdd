//! Findings that were there before: of a baseline, or of an older revision. They are shown as suppressed and fail nothing.

use crate::args::StackArgs;
use crate::gate::Gate;
use crate::place::folder;
use crate::revision::{self, Revision};
use crate::variables::Variable;
use crate::{Disk, Failure, Machine, job};
use check::{Baseline, Finding, Outcome, Site, Suppressed, Verdict};
use stack::{Host, Stack};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use syntax::Level;

/// The baseline's name, beside the stack.
const FILE: &str = "banana-baseline.txt";

/// Silences in an outcome what the settings and the argument say is known.
pub(crate) fn silence(
    outcome: &mut Outcome,
    gate: &Gate,
    stack: &Stack,
    new_from: Option<&str>,
    args: &StackArgs,
    machine: &mut Machine<'_>,
) -> Result<(), Failure> {
    if let Some(file) = &gate.settings.baseline.value {
        let disk = machine.disk();
        let Some(baseline) = read(file, &disk)? else {
            let text = format!("there is no baseline `{}`", file.display());
            return Err(Failure::user(text)
                .help(format!("`banana baseline` writes one: {FILE}, beside the stack")));
        };
        require_own(&baseline, file, stack, outcome, args, &disk)?;
        let gone = baseline.silence(outcome, &file.display().to_string());
        // A rule that was not run may still find it; one that there is no more will not.
        let exists = |code: &str| gate.book.rules.iter().any(|rule| rule.meta.code == code);
        let told = |entry: &&&check::Entry| gate.runs(&entry.rule) || !exists(&entry.rule);
        let gone = gone.iter().filter(told).count();
        // What is missing in a broken stack is not gone.
        let sound = stack.reports.iter().all(|report| report.level != Level::Error);
        if gone > 0 && sound {
            let (all, file) = (baseline.len(), file.display());
            writeln!(
                machine.err,
                "note: {gone} of the {all} findings in `{file}` no longer occur: `banana baseline --prune` takes them out"
            )?;
        }
    }
    if let Some(name) = new_from {
        let then = earlier(name, gate, args, machine)?;
        outcome.silence(|finding| {
            let fail = then.get(&finding.fingerprint)?;
            let counts = *fail || finding.verdict != Verdict::Fail;
            let reason = Some(format!("it was there at `{name}`"));
            let site = Site::of(None, &stack.sources);
            counts.then_some(Suppressed { origin: "new-from", reason, site })
        });
    }
    Ok(())
}

/// The open findings of an older revision: fingerprint to whether it is a fail.
fn earlier(
    name: &str,
    gate: &Gate,
    args: &StackArgs,
    machine: &mut Machine<'_>,
) -> Result<BTreeMap<String, bool>, Failure> {
    let Some(stack) = then("--new-from", name, args, machine)? else {
        let path = args.path.display();
        writeln!(machine.err, "note: `{path}` holds no stack at `{name}`: every finding is new")?;
        return Ok(BTreeMap::new());
    };
    if let Some(error) = stack.reports.iter().find(|report| report.level == Level::Error) {
        writeln!(
            machine.err,
            "note: the stack has errors at `{name}`, so what was found there may lack something: {}",
            error.message
        )?;
    }
    let outcome = gate.judge(&stack, machine)?;
    let open =
        |finding: &&Finding| finding.verdict != Verdict::Pass && finding.suppressed.is_none();
    let known = |f: &Finding| (f.fingerprint.clone(), f.verdict == Verdict::Fail);
    Ok(outcome.findings.iter().filter(open).map(known).collect())
}

/// The stack as it was at a git revision that `option` names; `None` when there was none.
pub(crate) fn then(
    option: &'static str,
    name: &str,
    args: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Option<Stack>, Failure> {
    let disk = machine.disk();
    let files = args.variables.0.iter().filter_map(|variable| match variable {
        Variable::File(path) => Some(path.clone()),
        Variable::Text(_) => None,
    });
    let around = folder(&args.path, &disk);
    let revision = Revision::open((option, name), &around, &machine.folder, disk, files)?;
    if revision.ignores(&args.path) {
        let text = format!(
            "`{option} {name}`: git ignores `{}`, so no revision has it",
            args.path.display()
        );
        return Err(Failure::user(text).help(revision::instead(option)));
    }
    if job::stack_path(&args.path, &revision).is_err() {
        return Ok(None);
    }
    let program = job::load(args, &revision, machine, false)?;
    let mut stack = job::resolve(&program);
    job::soften_what_is_open(&mut stack);
    Ok(Some(stack))
}

/// Reads a baseline; `None` when there is no such file.
pub(crate) fn read(file: &Path, disk: &Disk) -> Result<Option<Baseline>, Failure> {
    let name = file.display();
    let bytes = match disk.read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::user(format!("cannot read `{name}`: {error}"))),
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::user(format!("`{name}` is no baseline: it is no text")))?;
    let baseline = Baseline::read(&text).map_err(|wrong| {
        Failure::user(format!("{name}:{}: {}", wrong.line, wrong.message))
            .help("mend the line, or delete the file and let `banana baseline` write it anew")
    })?;
    Ok(Some(baseline))
}

/// Refuses a baseline that was made for another stack.
pub(crate) fn require_own(
    baseline: &Baseline,
    file: &Path,
    stack: &Stack,
    outcome: &Outcome,
    args: &StackArgs,
    disk: &Disk,
) -> Result<(), Failure> {
    let help = "`banana baseline` writes one for this stack: name another file, or delete this one";
    let file = file.display();
    if let (Some(theirs), Some(ours)) = (&baseline.stack, name(args, disk))
        && *theirs != ours
    {
        let text = format!("`{file}` is the baseline of the stack `{theirs}`, not of `{ours}`");
        return Err(Failure::user(text).help(help));
    }
    let found = outcome.findings.iter().map(|finding| finding.address.clone());
    let all = stack.resources.iter().map(|resource| resource.address.to_string());
    if baseline.is_foreign(&all.chain(found).collect()) {
        let text = format!(
            "`{file}` is the baseline of another stack: next to nothing that it names is in this one"
        );
        return Err(Failure::user(text).help(help));
    }
    Ok(())
}

/// The stack's path from the root of its repository; `None` outside of any.
pub(crate) fn name(args: &StackArgs, disk: &Disk) -> Option<String> {
    let path = job::stack_path(&args.path, disk).ok()?;
    let path = disk.canonical(&path).ok()?;
    let root = path.ancestors().find(|above| above.join(".git").exists())?;
    let parts: Vec<_> =
        path.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy()).collect();
    Some(if parts.is_empty() { ".".into() } else { parts.join("/") })
}

/// Where a stack's baseline is when nobody says otherwise.
pub(crate) fn beside(args: &StackArgs, disk: &Disk) -> PathBuf {
    let folder = if disk.list(&args.path).is_ok() {
        args.path.as_path()
    } else {
        args.path.parent().unwrap_or(Path::new(""))
    };
    if folder == Path::new(".") { FILE.into() } else { folder.join(FILE) }
}
