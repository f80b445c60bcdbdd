//! A comment that silences, as something that rules judge.

use super::comment::{Flaw, State, Tool};
use super::{Entry, Suppressions};
use crate::{Context, Meta, Subject};
use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::Ordering;
use syntax::Span;

/// A comment that is to silence findings. Rules on it (`resources: &["suppression"]`) run after all others, when it is known which
/// comments met a finding.
#[derive(Clone, Copy, Debug)]
pub struct Suppression<'a> {
    entry: &'a Entry,
    all: &'a Suppressions,
}

impl<'a> Subject<'a> for Suppression<'a> {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        let all = &context.suppressions;
        // What `terraform init` fetched is obeyed; its comments are not this stack's to mend.
        let own = all.entries.iter().filter(|entry| !is_fetched(&entry.site.file));
        Cow::Owned(own.map(|entry| Self { entry, all }).collect())
    }

    /// What it stands at: `aws_subnet.a`, `module.web`, `file`.
    fn address(&self) -> String {
        self.entry.address.clone()
    }

    fn header(&self) -> Option<Span> {
        Some(self.entry.span)
    }
}

fn is_fetched(file: &str) -> bool {
    Path::new(file).components().any(|part| part.as_os_str() == ".terraform")
}

impl<'a> Suppression<'a> {
    /// What rules on suppressions have as `resources`.
    pub const TYPES: &'static [&'static str] = &["suppression"];

    /// Whose grammar it is written in.
    pub fn tool(&self) -> Tool {
        self.entry.comment.tool
    }

    /// The rules it names, as written.
    pub fn rules(&self) -> &'a [String] {
        &self.entry.comment.ids
    }

    /// Why it cannot be obeyed.
    pub fn flaw(&self) -> Option<&'a Flaw> {
        self.entry.comment.flaw.as_ref()
    }

    /// The day it ended on, when that is over.
    pub fn ended(&self) -> Option<&'a str> {
        self.entry.comment.until.as_deref().filter(|_| self.entry.state == State::Ended)
    }

    /// One of ours that gives no reason.
    pub fn lacks_reason(&self) -> bool {
        self.tool() == Tool::Banana && self.flaw().is_none() && self.entry.comment.reason.is_none()
    }

    /// The names in it that met no finding, of rules that were run. A place that is no part of the stack, a name that stands for more
    /// than is known here, or another tool's check without a rule of ours, cannot be judged.
    pub fn unused(&self) -> Vec<&'a str> {
        let Self { entry, all } = *self;
        if entry.state != State::Active || !entry.live {
            return Vec::new();
        }
        let ids = entry.comment.ids.iter().zip(&entry.used);
        let idle = ids.filter(|(id, used)| !used.load(Ordering::Relaxed) && all.judged(entry, id));
        idle.map(|(id, _)| id.as_str()).collect()
    }

    /// The names in one of ours that no rule has, each with the name that may be meant.
    pub fn unknown(&self) -> Vec<(&'a str, Option<&'static str>)> {
        let Self { entry, all } = *self;
        if self.tool() != Tool::Banana || self.flaw().is_some() {
            return Vec::new();
        }
        let ids = entry.comment.ids.iter().map(String::as_str);
        ids.filter(|id| !all.known.iter().any(|meta| entry.comment.names(id, meta)))
            .map(|id| (id, all.nearest(id)))
            .collect()
    }
}

impl Suppressions {
    /// True when all rules that a name speaks of were run, and there is one that is not about comments.
    fn judged(&self, entry: &Entry, id: &str) -> bool {
        if entry.comment.is_open(id) {
            return false;
        }
        let named = self.known.iter().filter(|meta| entry.comment.names(id, meta));
        let named: Vec<_> = named.filter(|meta| meta.resources != Suppression::TYPES).collect();
        !named.is_empty() && named.iter().all(|meta| self.run.contains(meta.code))
    }

    /// The rule that another tool calls so, or else the most similar code or name.
    fn nearest(&self, id: &str) -> Option<&'static str> {
        let theirs =
            |meta: &&&'static Meta| meta.aliases.iter().any(|a| a.eq_ignore_ascii_case(id));
        if let Some(meta) = self.known.iter().find(theirs) {
            return Some(meta.code);
        }
        let (upper, lower) = (id.to_ascii_uppercase(), id.to_ascii_lowercase());
        schema::closest(&lower, self.known.iter().map(|meta| meta.name))
            .or_else(|| schema::closest(&upper, self.known.iter().map(|meta| meta.code)))
    }
}
