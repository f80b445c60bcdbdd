//! `banana check`

use crate::args::{Check, Format, Show, Unknown};
use crate::{Exit, Failure, Machine, gate, job, price};
use report::{Rows, findings_json, findings_text, summary_text};
use syntax::Level;

/// Judges a stack; what is wrong with the stack itself goes to standard error and makes it exit 2.
pub(crate) fn run(args: &Check, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let disk = machine.disk();
    let program = job::load(&args.stack, &disk, machine, false)?;
    let mut stack = job::resolve(&program);
    job::soften_what_is_open(&mut stack);
    let outcome = gate::judge(&stack, &args.gate, machine)?;
    let rows = Rows { all: args.show == Show::All, unknown: args.gate.unknown != Unknown::Ignore };
    match args.format {
        Format::Json => {
            let text = findings_json(
                &outcome.summary,
                &outcome.findings,
                rows,
                &stack.reports,
                &stack.sources,
            );
            let text =
                text.map_err(|e| Failure::user(format!("cannot write the findings as JSON: {e}")))?;
            machine.out.write_all(text.as_bytes())?;
        }
        Format::Text => {
            job::tell_problems(&stack.reports, &stack.sources, machine)?;
            let shown: Vec<_> =
                outcome.findings.iter().filter(|finding| rows.shows(finding)).collect();
            let text = findings_text(&shown, rules::ALL, &stack.sources, &machine.style);
            machine.out.write_all(text.as_bytes())?;
            writeln!(machine.out, "{}", summary_text(&outcome.summary, &machine.style))?;
            writeln!(
                machine.out,
                "{}",
                price::one_line(&stack, args.stack.region.clone(), machine)
            )?;
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
