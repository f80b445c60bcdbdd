//! What a plan may be told.

use crate::Pattern;
use stack::{Address, Empty, Str, World};
use std::collections::BTreeMap;
use std::fmt;

/// How to plan.
pub struct Options<'a> {
    /// `-target`: these and what they need, nothing else. Empty for everything.
    pub targets: Vec<Pattern>,
    /// `-replace`: these are made anew.
    pub replace: Vec<Pattern>,
    /// `-destroy`: everything goes.
    pub destroy: bool,
    /// Answers for data sources: purely, or live.
    pub world: &'a dyn World,
    /// Objects that `import` blocks took into the state before this plan, with the ids they were found by.
    pub imported: BTreeMap<Address, Str>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            targets: Vec::new(),
            replace: Vec::new(),
            destroy: false,
            world: &Empty,
            imported: BTreeMap::new(),
        }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("targets", &self.targets)
            .field("replace", &self.replace)
            .field("destroy", &self.destroy)
            .finish_non_exhaustive()
    }
}
