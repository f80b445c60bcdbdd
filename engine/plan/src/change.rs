//! What a plan says: one change an object, and what the outputs become.

use crate::merge::Ignore;
use crate::{Drift, Order, State};
use stack::value::Step;
use stack::{Address, Str, Value};
use std::sync::Arc;
use syntax::{Report, Span};

/// What will be done, to what, and in which order.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One change for each object, unchanged ones included, by address; deposed objects behind the one in force.
    pub changes: Vec<Change>,
    /// One entry for each root module output, by name.
    pub outputs: Vec<OutputChange>,
    /// What must wait for what.
    pub order: Order,
    /// The state that was planned against: refreshed, moves applied.
    pub prior: State,
    /// Everything in the state goes, whatever the configuration says.
    pub destroy: bool,
    /// No object is touched: the state learns what AWS says.
    pub refresh_only: bool,
    /// What changed outside since the state was written, by address.
    pub drift: Vec<Drift>,
    /// Warnings: targeting is on, objects will be forgotten, and what the stack itself warns of.
    pub reports: Vec<Report>,
}

/// What happens to one object.
#[derive(Clone, Debug)]
pub struct Change {
    /// The instance.
    pub address: Arc<Address>,
    /// The key of a deposed object; `None` for the object in force.
    pub deposed: Option<Str>,
    /// The address in the state, when a `moved` block renamed it.
    pub previous: Option<Address>,
    /// What is done.
    pub action: Action,
    /// Why, where the values do not say it.
    pub reason: Option<Reason>,
    /// The object before; `None` when there is none.
    pub before: Option<Value>,
    /// The object afterwards, with unknowns where only AWS can say; `None` when there will be none.
    pub after: Option<Value>,
    /// The attributes that force a replacement, sorted.
    pub replace_paths: Vec<Vec<Step>>,
    /// The provider configuration, as the state names it.
    pub provider: String,
    /// The managed resources that it needs, directly or not, as the state stores them: without keys, sorted.
    pub dependencies: Vec<String>,
    /// Under `create_before_destroy`, its own or forced on it.
    pub create_before_destroy: bool,
    /// Schema version of `after`, or of `before` when there is no `after`.
    pub schema_version: u64,
    /// The header of the block in the configuration; `None` when it is not there any more.
    pub header: Option<Span>,
    /// The id by which an `import` block found the object.
    pub imported: Option<Str>,
    /// `ignore_changes`, which applies again when the values are final.
    pub(crate) ignore: Option<Ignore>,
}

/// What is done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Nothing.
    NoOp,
    /// A data source is read.
    Read,
    /// Made.
    Create,
    /// Changed in place.
    Update,
    /// Made anew, since it cannot be changed in place.
    Replace {
        /// The new one is made before the old one goes.
        create_first: bool,
    },
    /// Deleted.
    Delete,
    /// Dropped from the state; the object stays.
    Forget,
}

/// Why an action was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// An attribute cannot be changed in place.
    CannotUpdate,
    /// Its creation did not finish.
    Tainted,
    /// `-replace`
    Requested,
    /// `replace_triggered_by`
    Triggered,
    /// The configuration has no such resource.
    NoResource,
    /// The configuration has no such module instance.
    NoModule,
    /// `count` is smaller now.
    CountIndex,
    /// `for_each` has no such key now.
    EachKey,
    /// `count` or `for_each` came or went.
    WrongRepetition,
    /// A data source whose arguments are not known yet.
    ConfigUnknown,
    /// A data source that waits for a resource with pending changes.
    DependencyPending,
}

/// What becomes of an output.
#[derive(Clone, Debug)]
pub struct OutputChange {
    /// Its name.
    pub name: Str,
    /// Its value in the state.
    pub before: Option<Value>,
    /// Its value afterwards; `None` when it goes.
    pub after: Option<Value>,
    /// `sensitive = true`, before or afterwards.
    pub sensitive: bool,
}

/// How many objects of each kind a plan touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Creates, replacements counted here too.
    pub create: usize,
    /// Updates in place.
    pub change: usize,
    /// Deletes, replacements counted here too.
    pub destroy: usize,
    /// Objects that the state forgets.
    pub forget: usize,
}

impl Plan {
    /// How many objects it touches.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in &self.changes {
            match change.action {
                Action::NoOp | Action::Read => {}
                Action::Create => counts.create += 1,
                Action::Update => counts.change += 1,
                Action::Delete => counts.destroy += 1,
                Action::Forget => counts.forget += 1,
                Action::Replace { .. } => {
                    counts.create += 1;
                    counts.destroy += 1;
                }
            }
        }
        counts
    }

    /// True when applying it would change nothing, neither objects nor outputs nor what the state knows of them.
    pub fn is_empty(&self) -> bool {
        let touches = |c: &Change| !matches!(c.action, Action::NoOp | Action::Read);
        let learns = |c: &Change| c.previous.is_some() || c.imported.is_some();
        let accepts = self.refresh_only && !self.drift.is_empty();
        !accepts
            && !self.changes.iter().any(|c| touches(c) || learns(c))
            && !self.outputs.iter().any(OutputChange::changes)
    }

    /// The change of the object in force at an address.
    pub fn change(&self, address: &Address) -> Option<&Change> {
        let at = self.changes.partition_point(|c| *c.address < *address);
        self.changes.get(at).filter(|c| *c.address == *address && c.deposed.is_none())
    }
}

impl OutputChange {
    /// True when the value differs, or may.
    pub fn changes(&self) -> bool {
        match (&self.before, &self.after) {
            (None, None) => false,
            (Some(before), Some(after)) => !crate::equal::same(before, after),
            _ => true,
        }
    }
}

impl Action {
    /// Terraform's names, in the order in which they happen.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::NoOp => &["no-op"],
            Self::Read => &["read"],
            Self::Create => &["create"],
            Self::Update => &["update"],
            Self::Replace { create_first: true } => &["create", "delete"],
            Self::Replace { create_first: false } => &["delete", "create"],
            Self::Delete => &["delete"],
            Self::Forget => &["forget"],
        }
    }

    /// True when an object is made or changed.
    pub fn makes(self) -> bool {
        matches!(self, Self::Create | Self::Update | Self::Replace { .. })
    }

    /// True when a new object is made.
    pub fn creates(self) -> bool {
        matches!(self, Self::Create | Self::Replace { .. })
    }

    /// True when no object is left at the address.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Delete | Self::Forget)
    }

    /// True when an object goes.
    pub fn deletes(self) -> bool {
        matches!(self, Self::Delete | Self::Replace { .. })
    }
}

impl Reason {
    /// Terraform's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::CannotUpdate => "replace_because_cannot_update",
            Self::Tainted => "replace_because_tainted",
            Self::Requested => "replace_by_request",
            Self::Triggered => "replace_by_triggers",
            Self::NoResource => "delete_because_no_resource_config",
            Self::NoModule => "delete_because_no_module",
            Self::CountIndex => "delete_because_count_index",
            Self::EachKey => "delete_because_each_key",
            Self::WrongRepetition => "delete_because_wrong_repetition",
            Self::ConfigUnknown => "read_because_config_unknown",
            Self::DependencyPending => "read_because_dependency_pending",
        }
    }
}
