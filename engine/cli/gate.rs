//! The rules on a resolved stack, and where the line between passing and failing runs.

use crate::Machine;
use crate::args::{Threshold, Unknown};
use crate::config::{Rulebook, Settings};
use check::{Finding, Outcome, Severity, Verdict};
use stack::Stack;

/// Judges a stack.
pub(crate) fn judge(
    stack: &Stack,
    settings: &Settings,
    book: &Rulebook,
    machine: &Machine<'_>,
) -> Outcome {
    let options = check::Options {
        today: machine.today.clone(),
        required_tags: settings.required_tags.value.clone(),
    };
    let mut findings = check::run(stack, &book.rules, &options).findings;
    if settings.no_inline_ignores.value {
        for finding in &mut findings {
            finding.suppressed = None;
        }
    }
    book.settle(&mut findings);
    Outcome::of(findings)
}

/// The findings that fail the run.
pub(crate) fn blocking<'a>(outcome: &'a Outcome, settings: &Settings) -> Vec<&'a Finding> {
    let least = match settings.fail_on.value {
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
                Verdict::Unknown => settings.unknown.value == Unknown::Fail,
                Verdict::Pass => false,
            }
    };
    outcome.findings.iter().filter(counts).collect()
}
