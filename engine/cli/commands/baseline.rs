//! `banana baseline`

use crate::args::{Baseline as Args, GateArgs, StackArgs};
use crate::gate::Gate;
use crate::{Exit, Failure, Machine, file, job, known, roots};
use check::Baseline;
use std::path::{Path, PathBuf};
use syntax::Level;

/// Writes down what a stack finds now, or takes out of what is written what no longer occurs.
pub(crate) fn run(args: &Args, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let disk = machine.disk();
    let of = StackArgs { path: root(&args.stack.path, machine)?, ..args.stack.clone() };
    let gate = GateArgs { rules: args.rules.clone(), ..GateArgs::default() };
    let gate = Gate::open(&of, &gate, machine)?;
    let configured = || gate.settings.baseline.value.clone();
    let path = args.file.clone().or_else(configured);
    let path = path.unwrap_or_else(|| known::beside(&of, &disk));
    let name = path.display();
    let before = known::read(&path, &disk)?;
    let program = job::load(&of, &disk, machine, false)?;
    let mut stack = job::resolve(&program);
    job::soften_what_is_open(&mut stack);
    job::tell_problems(&stack.reports, &stack.sources, machine)?;
    if stack.reports.iter().any(|report| report.level == Level::Error) {
        // Findings would be missing, and be new when the errors are mended.
        writeln!(machine.err, "`{name}` is left as it is")?;
        return Err(Failure::Told(Exit::Error));
    }
    let outcome = gate.judge(&stack, machine)?;
    if let Some(before) = &before {
        known::require_own(before, &path, &stack, &outcome, &of, &disk)?;
    }
    let mut now = Baseline::of(&outcome.findings, known::name(&of, &disk));
    if let Some(before) = &before {
        // A rule that was not run may still find it.
        let exists = |code: &str| gate.book.rules.iter().any(|rule| rule.meta.code == code);
        now.take_over(before, |entry| !gate.runs(&entry.rule) && exists(&entry.rule));
    }
    let (kept, new, gone) = match (before, args.prune) {
        (None, true) => {
            let text = format!("there is no baseline `{name}` to take anything out of");
            return Err(Failure::user(text).help("`banana baseline` writes one"));
        }
        (None, false) => (now, None, None),
        (Some(mut before), true) => {
            let gone = before.keep_only(&now).len();
            (before, None, Some(gone))
        }
        (Some(before), false) => {
            let (new, gone) = (before.lacks(&now).len(), now.lacks(&before).len());
            (now, Some(new), Some(gone))
        }
    };
    file::replace(&disk.full(&path), kept.write().as_bytes(), false)?;
    let count = kept.len();
    write!(
        machine.out,
        "{name}: {count} known {}",
        if count == 1 { "finding" } else { "findings" }
    )?;
    for (number, word) in [(new, "new"), (gone, "gone")] {
        if let Some(number) = number {
            write!(machine.out, ", {number} {word}")?;
        }
    }
    writeln!(machine.out)?;
    Ok(Exit::Ok)
}

/// The root that a path stands for, as for `check`; of several each has a baseline of its own.
fn root(path: &Path, machine: &Machine<'_>) -> Result<PathBuf, Failure> {
    let mut roots = roots::of(&[path.to_owned()], machine)?;
    match roots.len() {
        0 => Err(Failure::user(format!("`{}` belongs to no root module", path.display()))),
        1 => Ok(roots.remove(0)),
        count => {
            let text = format!("`{}` stands for {count} root modules", path.display());
            let names: Vec<String> = roots.iter().map(|root| root.display().to_string()).collect();
            Err(Failure::user(text).help(format!("name one of them: {}", names.join(", "))))
        }
    }
}
