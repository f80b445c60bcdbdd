//! Comments that silence findings: banana's own, and those written for checkov, trivy (tfsec) and tflint.

mod comment;
mod condition;
mod date;
mod grammar;
mod index;
mod json;
mod live;
mod own;
mod peers;
mod read;
mod scope;
mod suppression;

pub use comment::{Flaw, Tool};
pub use suppression::Suppression;

use crate::{Meta, Options, Related, Row, Rule, Site, Suppressed};
use comment::{Comment, State};
use index::Index;
use scope::{Scope, Trail};
use stack::Stack;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use syntax::Span;

/// Every such comment of a stack.
#[derive(Debug, Default)]
pub(crate) struct Suppressions {
    entries: Vec<Entry>,
    /// The numbers of the entries by what they speak of.
    index: Index,
    /// All rules there are.
    known: Vec<&'static Meta>,
    /// Codes of the rules that are run.
    run: BTreeSet<&'static str>,
    /// Codes of rules that no comment silences.
    unignorable: BTreeSet<String>,
}

#[derive(Debug)]
struct Entry {
    comment: Comment,
    /// `None` where its tool takes no notice of it.
    scope: Option<Scope>,
    state: State,
    /// The comment itself.
    span: Span,
    site: Site,
    /// What it is about: `aws_subnet.a`, `module.web`, `file`.
    address: String,
    /// What it speaks of is part of the stack.
    live: bool,
    /// Which of its ids met a finding.
    used: Vec<AtomicBool>,
}

/// What the comments have to say of a row.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The comment that silences it.
    pub(crate) silenced: Option<Suppressed>,
    /// Comments that would, if they were obeyed.
    pub(crate) remarks: Vec<Related>,
}

impl Suppressions {
    /// Reads them from the comments of all files.
    pub(crate) fn read(stack: &Stack, rules: &[Rule], options: &Options) -> Self {
        let entries = read::all(stack, options);
        let parts = entries.iter().enumerate().filter_map(|(number, entry)| {
            let part = entry.scope.as_ref()?.part(entry.span, &stack.sources);
            Some((number, entry.span.file, part))
        });
        let run: Vec<&'static Meta> = rules.iter().map(|rule| rule.meta).collect();
        Self {
            index: Index::of(parts),
            entries,
            run: run.iter().map(|meta| meta.code).collect(),
            known: if options.known.is_empty() { run } else { options.known.clone() },
            unignorable: options.unignorable.clone(),
        }
    }

    /// The comments that speak of a row.
    pub(crate) fn answer(&self, row: &Row<'_>, stack: &Stack) -> Answer {
        let mut answer = Answer::default();
        if self.entries.is_empty() {
            return answer;
        }
        let trail = trail(row, stack);
        let places = trail.decided.iter().chain(&trail.around);
        let here: BTreeSet<usize> = places.flat_map(|place| self.index.around(*place)).collect();
        for entry in here.into_iter().filter_map(|at| self.entries.get(at)) {
            let ids = entry.comment.naming(row.meta);
            if ids.is_empty() || entry.state == State::Idle || !entry.speaks_of(row, &trail, stack)
            {
                continue;
            }
            for used in ids.iter().filter_map(|at| entry.used.get(*at)) {
                used.store(true, Ordering::Relaxed);
            }
            let label = match &entry.comment.until {
                _ if self.unignorable.contains(row.meta.code) => {
                    format!("the configuration lets nobody ignore {}", row.meta.code)
                }
                Some(until) if entry.state == State::Ended => {
                    format!("this no longer silences it: it ended on {until}")
                }
                _ => {
                    answer.silenced.get_or_insert_with(|| Suppressed {
                        origin: entry.comment.tool.name(),
                        reason: entry.comment.reason.clone(),
                        site: entry.site.clone(),
                    });
                    continue;
                }
            };
            answer.remarks.push(Related { site: entry.site.clone(), label });
        }
        if answer.silenced.is_some() {
            answer.remarks.clear();
        }
        answer
    }
}

impl Entry {
    fn speaks_of(&self, row: &Row<'_>, trail: &Trail, stack: &Stack) -> bool {
        let Comment { tool, instances, conditions, .. } = &self.comment;
        let here = |scope: &Scope| scope.holds(trail, &stack.sources);
        (trail.decided.contains(&self.span) || self.scope.as_ref().is_some_and(here))
            && instances.as_ref().is_none_or(|asked| condition::is_within(&row.address, asked))
            && conditions.iter().all(|(path, value)| condition::meets(*tool, row, path, value))
    }
}

/// Every place that a comment may stand at to silence the row: where the value is decided, the references that carried it,
/// the resource, and the calls of the modules around it.
fn trail(row: &Row<'_>, stack: &Stack) -> Trail {
    let blame = &row.value.blame;
    let mut trail = Trail::default();
    trail.decided.extend(blame.at);
    trail.decided.extend(blame.chain().map(|via| via.span));
    if trail.decided.is_empty() {
        trail.decided.extend(row.header);
    }
    trail.around.extend(row.header);
    if let Some(resource) = row.resource {
        let path = &resource.address.module.0;
        let around = stack.modules.iter().filter(|module| path.starts_with(&module.path.0));
        trail.around.extend(around.filter_map(|module| module.call));
    }
    trail
}
