//! What a plan may be told.

use crate::{Drift, Pattern};
use stack::{Address, Empty, Str, World};
use std::collections::BTreeMap;
use std::fmt;

/// How to plan.
pub struct Options<'a> {
    /// `-target`: these and what they need, nothing else. Empty for everything.
    pub targets: Vec<Pattern>,
    /// `-exclude`: all but these and what needs them. Not beside targets.
    pub exclude: Vec<Pattern>,
    /// `-replace`: these are made anew.
    pub replace: Vec<Pattern>,
    /// `-destroy`: everything goes.
    pub destroy: bool,
    /// `-refresh-only`: objects stay as they are; the state learns of what changed outside.
    pub refresh_only: bool,
    /// What changed outside, as the refresh of the prior state found.
    pub drift: Vec<Drift>,
    /// Answers for data sources: purely, or live.
    pub world: &'a dyn World,
    /// Objects that `import` blocks took into the state before this plan, with the ids they were found by.
    pub imported: BTreeMap<Address, Str>,
}

impl Options<'_> {
    /// True when the plan leaves a part of the stack out.
    pub(crate) fn is_partial(&self) -> bool {
        !self.targets.is_empty() || !self.exclude.is_empty()
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            targets: Vec::new(),
            exclude: Vec::new(),
            replace: Vec::new(),
            destroy: false,
            refresh_only: false,
            drift: Vec::new(),
            world: &Empty,
            imported: BTreeMap::new(),
        }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("targets", &self.targets)
            .field("exclude", &self.exclude)
            .field("replace", &self.replace)
            .field("destroy", &self.destroy)
            .field("refresh_only", &self.refresh_only)
            .finish_non_exhaustive()
    }
}
