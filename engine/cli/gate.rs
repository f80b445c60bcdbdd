//! The rules on a resolved stack, and where the line between passing and failing runs.

use crate::args::{GateArgs, Threshold, Unknown};
use crate::commands::explain::answers;
use crate::{Failure, Machine};
use check::{Finding, Outcome, Rule, Severity, Verdict};
use stack::Stack;

/// The rules that the arguments choose.
fn chosen(args: &GateArgs) -> Result<Vec<Rule>, Failure> {
    for name in args.select.iter().chain(&args.ignore) {
        if !rules::ALL.iter().any(|rule| answers(rule, name)) {
            return Err(Failure::user(format!("no rule is called `{name}`"))
                .help("`banana rules` lists them all"));
        }
    }
    let named = |names: &[String], rule: &Rule| names.iter().any(|name| answers(rule, name));
    let selected =
        rules::ALL.iter().filter(|rule| args.select.is_empty() || named(&args.select, rule));
    Ok(selected.filter(|rule| !named(&args.ignore, rule)).copied().collect())
}

/// The codes of the rules that the arguments choose.
pub(crate) fn codes(args: &GateArgs) -> Result<Vec<&'static str>, Failure> {
    Ok(chosen(args)?.iter().map(|rule| rule.meta.code).collect())
}

/// Judges a stack.
pub(crate) fn judge(
    stack: &Stack,
    args: &GateArgs,
    machine: &Machine<'_>,
) -> Result<Outcome, Failure> {
    let options = check::Options {
        today: machine.today.clone(),
        no_inline_ignores: args.no_inline_ignores,
        known: rules::ALL.iter().map(|rule| rule.meta).collect(),
        ..check::Options::default()
    };
    Ok(check::run(stack, &chosen(args)?, &options))
}

/// The findings that fail the run.
pub(crate) fn blocking<'a>(outcome: &'a Outcome, args: &GateArgs) -> Vec<&'a Finding> {
    let least = match args.fail_on {
        Threshold::Critical => Severity::Critical,
        Threshold::High => Severity::High,
        Threshold::Medium => Severity::Medium,
        Threshold::Low => Severity::Low,
        Threshold::Never => return Vec::new(),
    };
    let counts = |finding: &&Finding| {
        finding.suppressed.is_none()
            && finding.severity >= least
            && match finding.verdict {
                Verdict::Fail => true,
                Verdict::Unknown => args.unknown == Unknown::Fail,
                Verdict::Pass => false,
            }
    };
    outcome.findings.iter().filter(counts).collect()
}
