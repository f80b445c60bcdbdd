//! Every rule on everything.

use crate::fix::Planner;
use crate::suppress::Suppressions;
use crate::{
    Bill, Context, Finding, FixKind, Meta, Patch, RequiredTag, Row, Rule, Severity, Suppression,
    Verdict,
};
use rayon::prelude::*;
use serde::Serialize;
use stack::Stack;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use syntax::Report;

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Today, as `2026-01-31`: suppressions that ended before it do not count. `None`: those with an end do not count.
    pub today: Option<String>,
    /// Tags that every resource must have.
    pub required_tags: Vec<RequiredTag>,
    /// What the stack costs: needed where a rule reads it ([`crate::CustomRule::reads_the_bill`]).
    pub bill: Option<Bill>,
    /// No comment silences anything, and none is judged.
    pub no_inline_ignores: bool,
    /// Codes of rules that no comment silences.
    pub unignorable: BTreeSet<String>,
    /// All rules there are, whether run or not, so that a name of none can be told from one that was not run. Those that are run, when
    /// empty.
    pub known: Vec<&'static Meta>,
}

/// What came out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Outcome {
    /// How many of each.
    pub summary: Summary,
    /// One or more a rule and subject: fails first, the worst first, then by place.
    pub findings: Vec<Finding>,
    /// What is wrong with users' rules, in their files: one a rule, which has no findings then.
    #[serde(skip)]
    pub reports: Vec<Report>,
}

/// How many of each. A suppressed fail or unknown counts as suppressed only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Kept rules.
    pub pass: usize,
    /// Broken rules.
    pub fail: usize,
    /// Open questions.
    pub unknown: usize,
    /// Silenced: by a comment, a baseline, an older revision.
    pub suppressed: usize,
    /// Fails by severity: `critical`, `high`, `medium`, `low`, each always there.
    pub by_severity: BTreeMap<&'static str, usize>,
    /// Fails that a fix is known for, by its kind: `safe`, `unsafe`, each always there.
    pub fixable: BTreeMap<&'static str, usize>,
}

impl Outcome {
    /// Puts findings in order, tells apart those that look the same, and counts them.
    pub fn of(findings: Vec<Finding>) -> Self {
        let mut outcome = Self::sorted(findings);
        tell_apart(&mut outcome.findings);
        outcome
    }

    /// Puts findings in order and counts them.
    pub fn sorted(findings: Vec<Finding>) -> Self {
        // A finding is large: its box is moved instead.
        let mut boxes: Vec<Box<Finding>> = findings.into_iter().map(Box::new).collect();
        boxes.par_sort_by(|a, b| order(a).cmp(&order(b)));
        let findings: Vec<Finding> = boxes.into_iter().map(|finding| *finding).collect();
        Self { summary: Summary::of(&findings), findings, reports: Vec::new() }
    }
}

/// Fails first, the worst first, then by place.
fn order(of: &Finding) -> impl Ord + '_ {
    let Finding { verdict, severity, site, address, rule, path, message, .. } = of;
    (*verdict, Reverse(*severity), site, address, *rule, path, message)
}

impl Summary {
    /// Counts.
    pub fn of(findings: &[Finding]) -> Self {
        let all = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
        let by_severity = all.map(|severity| (severity.name(), 0)).into();
        let fixable = [FixKind::Safe, FixKind::Unsafe].map(|kind| (kind.name(), 0)).into();
        let mut summary = Self { by_severity, fixable, ..Self::default() };
        for finding in findings {
            match finding.verdict {
                _ if finding.suppressed.is_some() => summary.suppressed += 1,
                Verdict::Pass => summary.pass += 1,
                Verdict::Unknown => summary.unknown += 1,
                Verdict::Fail => {
                    summary.fail += 1;
                    *summary.by_severity.entry(finding.severity.name()).or_default() += 1;
                    if let Some(fix) = &finding.fix {
                        *summary.fixable.entry(fix.kind.name()).or_default() += 1;
                    }
                }
            }
        }
        summary
    }
}

/// Runs rules over a stack: in parallel, and in the same order every time. Rules on suppressions go last, when it is known which of them
/// met a finding.
pub fn run(stack: &Stack, rules: &[Rule], options: &Options) -> Outcome {
    let mut context = Context::new(stack);
    context.required_tags.clone_from(&options.required_tags);
    context.bill.clone_from(&options.bill);
    if !options.no_inline_ignores {
        context.suppressions = Suppressions::read(stack, rules, options);
    }
    let on_suppressions = |rule: &&Rule| rule.meta.resources == Suppression::TYPES;
    let (last, first): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(on_suppressions);
    let reports = Mutex::default();
    let mut findings = judge(&context, &first, &reports);
    findings.extend(judge(&context, &last, &reports));
    let mut reports = reports.into_inner().unwrap_or_else(PoisonError::into_inner);
    reports.sort_by_key(|report| report.at.as_ref().map(|at| at.span));
    Outcome { reports, ..Outcome::of(findings) }
}

fn judge(context: &Context<'_>, rules: &[&Rule], reports: &Mutex<Vec<Report>>) -> Vec<Finding> {
    let stack = context.stack();
    let planner = Planner::new(stack);
    let finding = |(row, patch): (Row<'_>, Option<Patch>)| {
        if row.verdict == Verdict::Pass {
            return Finding::of(row, stack);
        }
        let answer = context.suppressions.answer(&row, stack);
        let fix = patch.filter(|_| answer.silenced.is_none());
        let mut finding = Finding { suppressed: answer.silenced, fix, ..Finding::of(row, stack) };
        finding.related.extend(answer.remarks);
        finding
    };
    let of = |rule: &&Rule| match rule.rows(context) {
        Ok(rows) => {
            let patches = planner.patches(rule.fix, &rows);
            rows.into_par_iter().zip(patches).map(finding).collect()
        }
        Err(report) => {
            reports.lock().unwrap_or_else(PoisonError::into_inner).push(*report);
            Vec::new()
        }
    };
    rules.par_iter().flat_map(|rule| -> Vec<Finding> { of(rule) }).collect()
}

/// The second finding with one fingerprint, and each further one, gets its own: how many there are is part of what is known of a stack.
fn tell_apart(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter_mut().filter(|finding| finding.verdict != Verdict::Pass) {
        let times = seen.entry(finding.fingerprint.clone()).or_default();
        *times += 1;
        if *times > 1 {
            finding.fingerprint = crate::finding::hash(&[&finding.fingerprint, &times.to_string()]);
        }
    }
}
