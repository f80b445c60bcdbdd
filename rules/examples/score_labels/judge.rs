//! The verdicts of the rules on a labelled stack.

use crate::disk::Disk;
use crate::folder::Folder;
use crate::label::Place;
use check::{Finding, Options, Outcome, Verdict};
use model::data::Offline;
use stack::{Host, Program, Stack};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A stack with its verdicts.
pub(crate) struct Judged {
    stack: Stack,
    outcome: Outcome,
}

/// What our rules say to a label.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A rule fails.
    Fails,
    /// No rule fails, and one does not know.
    Unknown,
    /// No rule fails.
    Passes,
}

impl Judged {
    /// Resolves a stack and runs every rule.
    pub(crate) fn of(place: &Place) -> Self {
        let (path, host): (_, Box<dyn Host>) = match place {
            Place::Folder(folder) => (folder.clone(), Box::new(Disk)),
            Place::Text(text) => (PathBuf::from("/stack"), Box::new(Folder(text.clone()))),
        };
        let program = Program::load(&stack::Options { path, ..stack::Options::default() }, &*host);
        let stack = program.resolve(&Offline::default());
        let outcome = check::run(&stack, banana_rules::ALL, &Options::default());
        Self { stack, outcome }
    }

    /// What the rules with these codes say of a resource, or of the whole. A rule may speak of the companion instead: of the
    /// bucket's ACL instead of the bucket.
    pub(crate) fn answer(&self, codes: &[&str], address: Option<&str>) -> Answer {
        let ours = || self.outcome.findings.iter().filter(|f| codes.contains(&f.rule));
        let Some(address) = address else { return sum(ours()) };
        let related = self.related(address);
        // A rule that speaks of the resource itself is not asked about its companions.
        sum(codes.iter().flat_map(|code| {
            let by = || ours().filter(move |f| f.rule == *code);
            let own: Vec<&Finding> = by().filter(|f| f.address == address).collect();
            if own.is_empty() {
                by().filter(|f| related.contains(&f.address)).collect()
            } else {
                own
            }
        }))
    }

    /// The resources that refer to this one, and those that it refers to; through an association or attachment, its other end.
    fn related(&self, address: &str) -> BTreeSet<String> {
        let near = self.neighbours(address);
        let joints = near.iter().filter(|near| {
            ["_association", "_attachment", "_membership", "_block"]
                .iter()
                .any(|end| near.contains(end))
        });
        let far: Vec<String> = joints.flat_map(|joint| self.neighbours(joint)).collect();
        near.into_iter().chain(far).collect()
    }

    fn neighbours(&self, address: &str) -> BTreeSet<String> {
        let mut near = BTreeSet::new();
        for resource in &self.stack.resources {
            let from = resource.address.to_string();
            for edge in &resource.edges {
                let Some(to) = self.stack.resource(edge.to) else { continue };
                let to = to.address.to_string();
                if from == address {
                    near.insert(to);
                } else if to == address {
                    near.insert(from.clone());
                }
            }
        }
        near
    }

    /// True when the stack has the resource.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.stack.resources.iter().any(|resource| resource.address.to_string() == address)
    }
}

fn sum<'f>(findings: impl Iterator<Item = &'f Finding>) -> Answer {
    findings.fold(Answer::Passes, |answer, finding| match (finding.verdict, answer) {
        (Verdict::Fail, _) | (_, Answer::Fails) => Answer::Fails,
        (Verdict::Unknown, _) | (_, Answer::Unknown) => Answer::Unknown,
        _ => Answer::Passes,
    })
}
