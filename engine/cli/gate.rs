//! The rules on a resolved stack, and where the line between passing and failing runs.

use crate::args::{GateArgs, Threshold, Unknown};
use crate::commands::explain::answers;
use crate::rulebook::Rulebook;
use crate::{Failure, Machine};
use check::{Finding, Outcome, Rule, Severity, Verdict};
use stack::Stack;

/// The rules that the arguments choose.
fn chosen(all: &[Rule], args: &GateArgs) -> Result<Vec<Rule>, Failure> {
    for name in args.select.iter().chain(&args.ignore) {
        if !all.iter().any(|rule| answers(rule, name)) {
            return Err(Failure::user(format!("no rule is called `{name}`"))
                .help("`banana rules` lists them all"));
        }
    }
    let named = |names: &[String], rule: &Rule| names.iter().any(|name| answers(rule, name));
    let selected = all.iter().filter(|rule| args.select.is_empty() || named(&args.select, rule));
    Ok(selected.filter(|rule| !named(&args.ignore, rule)).copied().collect())
}

/// What was judged by which rules.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) outcome: Outcome,
    /// All there are, those that were not chosen too.
    pub(crate) rules: Vec<Rule>,
    /// The codes of those that were chosen.
    pub(crate) chosen: Vec<&'static str>,
}

/// Judges a stack.
pub(crate) fn judge(
    stack: &Stack,
    args: &GateArgs,
    machine: &mut Machine<'_>,
) -> Result<Judged, Failure> {
    let book = Rulebook::load(&args.rules, machine)?;
    let options = check::Options {
        today: machine.today.clone(),
        no_inline_ignores: args.no_inline_ignores,
        known: book.rules.iter().map(|rule| rule.meta).collect(),
        ..check::Options::default()
    };
    let rules = chosen(&book.rules, args)?;
    let outcome = check::run(stack, &rules, &options);
    book.refuse(&outcome.reports, machine)?;
    let chosen = rules.iter().map(|rule| rule.meta.code).collect();
    Ok(Judged { outcome, rules: book.rules, chosen })
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
