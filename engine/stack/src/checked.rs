//! What the stack demands of itself, and what came of it.

use crate::{Key, Mode, ModulePath, Str};
use std::fmt;

/// What a condition is demanded of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A `check` block.
    Check(Str),
    /// An output's preconditions.
    Output(Str),
    /// Preconditions and postconditions of a resource or data source: mode, type, name.
    Resource(Mode, Str, Str),
    /// A variable's validations.
    Variable(Str),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(name) => write!(f, "check.{name}"),
            Self::Output(name) => write!(f, "output.{name}"),
            Self::Resource(Mode::Managed, ty, name) => write!(f, "{ty}.{name}"),
            Self::Resource(Mode::Data, ty, name) => write!(f, "data.{ty}.{name}"),
            Self::Variable(name) => write!(f, "var.{name}"),
        }
    }
}

/// Whether a condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It does.
    Yes,
    /// It does not, and this is its message.
    No(String),
    /// It waits for what is known after apply.
    Unknown,
    /// It cannot be judged.
    Wrong,
}

/// Everything that one block demands, in every instance of its module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The module, without keys.
    pub module: ModulePath,
    /// What it is demanded of.
    pub subject: Subject,
    /// Sorted; none where there are no instances.
    pub instances: Vec<CheckedInstance>,
}

/// One instance of what is demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedInstance {
    /// The module instance.
    pub module: ModulePath,
    /// The resource instance.
    pub key: Key,
    /// What came of each condition.
    pub held: Vec<Held>,
}
