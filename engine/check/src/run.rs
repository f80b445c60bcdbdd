//! Every rule on everything.

use crate::fix::Planner;
use crate::suppress::Suppressions;
use crate::{Context, Finding, FixKind, Rule, Severity, Verdict};
use rayon::prelude::*;
use serde::Serialize;
use stack::Stack;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use syntax::Report;

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Today, as `2026-01-31`: suppressions that end before it no longer count. `None`: those with an end do not count.
    pub today: Option<String>,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
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
    /// Silenced by a comment.
    pub suppressed: usize,
    /// Fails by severity: `critical`, `high`, `medium`, `low`, each always there.
    pub by_severity: BTreeMap<&'static str, usize>,
    /// Fails that a fix is known for, by its kind: `safe`, `unsafe`, each always there.
    pub fixable: BTreeMap<&'static str, usize>,
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

/// Runs rules over a stack: in parallel, and in the same order every time.
pub fn run(stack: &Stack, rules: &[Rule], options: &Options) -> Outcome {
    let context = Context::new(stack);
    let suppressions = Suppressions::read(&stack.sources, options.today.as_deref());
    let planner = Planner::new(stack);
    let reports = Mutex::<Vec<Report>>::default();
    let mut findings: Vec<Finding> = rules
        .par_iter()
        .flat_map(|rule| {
            let rows = rule.rows(&context).unwrap_or_else(|report| {
                reports.lock().unwrap_or_else(PoisonError::into_inner).push(*report);
                Vec::new()
            });
            let patches = planner.patches(rule.fix, &rows);
            rows.into_par_iter()
                .zip(patches)
                .map(|(row, patch)| {
                    let silenceable = row.verdict != Verdict::Pass;
                    let suppressed = silenceable.then(|| suppressions.find(&row, stack)).flatten();
                    let fix = patch.filter(|_| suppressed.is_none());
                    Finding { suppressed, fix, ..Finding::of(row, stack) }
                })
                .collect::<Vec<_>>()
        })
        .collect();
    findings.par_sort_by(|a, b| {
        let key = |f: &Finding| (f.verdict, Reverse(f.severity));
        (key(a), &a.site, &a.address, a.rule, &a.path, &a.message).cmp(&(
            key(b),
            &b.site,
            &b.address,
            b.rule,
            &b.path,
            &b.message,
        ))
    });
    let mut reports: Vec<Report> = reports.into_inner().unwrap_or_else(PoisonError::into_inner);
    reports.sort_by_key(|report| report.at.as_ref().map(|at| at.span));
    Outcome { summary: Summary::of(&findings), findings, reports }
}
