//! What a schema says.

use crate::checks::{self, Checks};
use crate::{Entry, planned::Planned, table};

/// The schema of a resource type, of a data source, or of the provider's own configuration.
#[derive(Debug)]
pub struct Schema {
    /// `aws_vpc`
    pub name: &'static str,
    /// Where it comes from, as state and plan files name it.
    pub provider: &'static str,
    /// `schema_version` of objects in a state file.
    pub version: u64,
    /// Its arguments and blocks.
    pub body: &'static Body,
    pub(crate) planned: Planned,
    pub(crate) checks: checks::Lazy,
}

/// Attributes and blocks, each sorted by name.
#[derive(Debug)]
pub struct Body {
    /// Which of the [`crate::body_count`] bodies it is: types share those that are alike. None of them: `usize::MAX`.
    pub number: usize,
    /// Arguments, and what the provider computes.
    pub attributes: Vec<Attribute>,
    /// Nested blocks.
    pub blocks: Vec<Block>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the provider protocol's own flags")]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
    /// Must be written.
    pub required: bool,
    /// May be written.
    pub optional: bool,
    /// The provider decides it, when it is not written (with `optional`) or always.
    pub computed: bool,
    /// Never shown.
    pub sensitive: bool,
    /// On its way out.
    pub deprecated: bool,
    /// Sent to AWS and stored nowhere.
    pub write_only: bool,
}

/// A type. [`Type::Dynamic`] is any.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Terraform's")]
pub enum Type {
    Dynamic,
    Bool,
    Number,
    String,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    /// Sorted by name.
    Object(Vec<(&'static str, Type)>),
}

/// How many times a block may stand, and what its repetition becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// At most once; an object, or null when not written.
    Single,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// A map of objects by the block's label.
    Map,
}

/// A nested block.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its type: `ingress`.
    pub name: &'static str,
    /// What repetition becomes.
    pub nesting: Nesting,
    /// Least number of blocks.
    pub min: u32,
    /// Greatest number of blocks; `None` for any.
    pub max: Option<u32>,
    pub(crate) body: usize,
}

impl Schema {
    /// What a create plans for what is not written, by path.
    pub fn planned(&self) -> &[Entry] {
        self.planned.entries(self.name)
    }

    /// What the provider refuses.
    pub fn checks(&self) -> &Checks {
        self.checks.of(self.name)
    }
}

impl Body {
    /// An attribute by name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        let at = self.attributes.binary_search_by(|a| a.name.cmp(name)).ok()?;
        self.attributes.get(at)
    }

    /// A block by name.
    pub fn block(&self, name: &str) -> Option<&Block> {
        let at = self.blocks.binary_search_by(|b| b.name.cmp(name)).ok()?;
        self.blocks.get(at)
    }
}

impl Block {
    /// What stands inside.
    pub fn body(&self) -> &'static Body {
        table::body(self.body)
    }
}
