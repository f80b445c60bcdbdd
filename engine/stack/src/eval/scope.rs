//! What an expression may see: the seam between the evaluator and whoever knows the names.

use super::{Effort, Total};
use crate::Host;
use crate::value::{Str, Value};
use std::path::Path;
use syntax::{Report, Span};

/// One literal step of a reference.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StaticKey {
    /// `.name`
    Name(Str),
    /// `["key"]`
    Key(Str),
    /// `[0]`, also the legacy `.0`
    Index(u64),
}

/// A literal step and where it stands, its dot or brackets included.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StaticStep {
    /// What it looks up.
    pub key: StaticKey,
    /// Where it stands.
    pub span: Span,
}

impl StaticStep {
    /// The name of a `.name` or `["name"]` step.
    pub fn name(&self) -> Option<&Str> {
        match &self.key {
            StaticKey::Name(name) | StaticKey::Key(name) => Some(name),
            StaticKey::Index(_) => None,
        }
    }
}

/// A reference as far as it is literal: in `aws_vpc.main[count.index].id`, `aws_vpc.main` and, apart, `count.index`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Traversal {
    /// The first name: `var`, `local`, `aws_vpc`.
    pub root: Str,
    /// Where the first name stands.
    pub root_span: Span,
    /// The literal steps after it.
    pub steps: Vec<StaticStep>,
    /// From the root to the last literal step.
    pub span: Span,
}

/// What a scope answers to a reference.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The value, with its own blame: the evaluator adds the reference to it.
    pub value: Value,
    /// How many steps led to it: 1 for `var.x.y`, 1 for `aws_vpc.main.id`, up to 3 for `module.m["k"].out`. The evaluator walks the rest.
    pub used: usize,
}

impl Resolved {
    /// A value that `used` steps lead to.
    pub fn new(value: Value, used: usize) -> Self {
        Self { value, used }
    }
}

/// What functions may see of the world.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    /// The disk.
    pub host: &'a dyn Host,
    /// Where relative paths start.
    pub base: &'a Path,
    /// `plantimestamp()`, in RFC 3339; unknown without it.
    pub plan_time: Option<&'a str>,
    /// What the expression around a template has spent.
    pub(crate) effort: Option<&'a Effort>,
    /// Where it is added up what whole expressions have spent.
    pub(crate) total: Option<&'a Total>,
}

impl<'a> Environment<'a> {
    /// An environment whose `plantimestamp()` is unknown.
    pub fn new(host: &'a dyn Host, base: &'a Path) -> Self {
        Self { host, base, plan_time: None, effort: None, total: None }
    }

    /// Spends what it takes to make a text of this many bytes; an error when too little is left.
    pub(crate) fn write(&self, bytes: usize) -> Result<(), &'static str> {
        let enough = self.effort.is_none_or(|effort| effort.write(bytes));
        if enough { Ok(()) } else { Err("the texts would be too long") }
    }

    /// Spends some of what the expression may; an error when too little is left.
    pub(crate) fn spend(&self, units: u64) -> Result<(), &'static str> {
        let enough = self.effort.is_none_or(|effort| effort.spend(units));
        if enough { Ok(()) } else { Err("this takes too long") }
    }
}

impl std::fmt::Debug for Environment<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("base", &self.base).finish_non_exhaustive()
    }
}

/// The names that an expression may refer to. Iteration variables of `for` are the evaluator's own and never asked for.
///
/// `Sync`, since a deeply nested expression goes on in a thread with a larger stack.
pub trait Scope: Sync {
    /// The value that a reference leads to. A value that could not be computed is not an error here: it is unknown with
    /// [`crate::Origin::Error`], reported where it arose. An error means that this reference is wrong
    /// whatever the values are, such as one to a name that is not declared: neither `try` nor a condition hides it.
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>>;

    /// What functions may see.
    fn environment(&self) -> Environment<'_>;
}
