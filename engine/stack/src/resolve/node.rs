//! What there is to evaluate, and what came out.

use crate::{Key, ModulePath, Origin, Resource, Type, Value};

/// A module instance, by its index in the resolver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ModuleId(pub(super) u32);

/// One thing to evaluate: a declaration of one module instance. The number is its place in the configuration's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Node {
    pub(super) module: ModuleId,
    pub(super) what: What,
}

/// Kind of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum What {
    Variable(usize),
    Local(usize),
    Output(usize),
    /// A provider configuration.
    Provider(usize),
    /// A module call: which instances it makes.
    Call(usize),
    /// A resource's `count` or `for_each`: which instances it has.
    Keys(usize),
    /// All of a resource's instances.
    Resource(usize),
}

/// What a node came to.
#[derive(Debug)]
pub(super) enum Slot {
    Value(Value),
    Modules(Vec<ModuleId>),
    Keys(Vec<Repetition>),
    Resource(Instances),
}

/// A resource's instances.
#[derive(Debug)]
pub(super) struct Instances {
    pub(super) all: Vec<Resource>,
    /// What a reference to the resource sees.
    pub(super) value: Value,
}

/// One instance that `count` or `for_each` makes, and what its expressions may see.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repetition {
    pub(crate) key: Key,
    /// `count.index`
    pub(crate) index: Option<Value>,
    /// `each.key` and `each.value`
    pub(crate) each: Option<(Value, Value)>,
}

impl Repetition {
    /// Who decides how many there are, where this one stands for all.
    pub(super) fn origin(&self) -> Option<Origin> {
        let of = self.index.as_ref().or(self.each.as_ref().map(|(key, _)| key))?;
        of.as_unknown().map(|unknown| unknown.origin.clone())
    }
}

/// A module instance.
#[derive(Debug)]
pub(super) struct ModuleInstance {
    pub(super) branch: usize,
    pub(super) path: ModulePath,
    pub(super) parent: Option<ModuleId>,
    /// The instance of the call: what the call's arguments may see.
    pub(super) repetition: Repetition,
    /// It, or a module around it, stands for none, one or many.
    pub(super) symbolic: bool,
}

impl ModuleId {
    pub(super) fn node(self, what: What) -> Node {
        Node { module: self, what }
    }
}

impl Node {
    /// What stands for a node that cannot be evaluated; why is reported where it arises.
    pub(super) fn hole(self) -> Slot {
        let value = Value::unknown(Type::Dynamic, Origin::Error);
        match self.what {
            What::Call(_) => Slot::Modules(Vec::new()),
            What::Keys(_) => Slot::Keys(Vec::new()),
            What::Resource(_) => Slot::Resource(Instances { all: Vec::new(), value }),
            _ => Slot::Value(value),
        }
    }
}
