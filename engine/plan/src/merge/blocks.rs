//! Nested blocks.

use super::{Merge, Sides, marks};
use crate::equal::is_zero;
use schema::{Block, Nesting};
use stack::value::Step;
use stack::{Kind, Type, Value};

impl Merge<'_> {
    pub(super) fn block(&mut self, block: &Block, sides: Sides<'_>, path: &mut Vec<Step>) -> Value {
        let Sides { config, fresh, prior } = sides;
        if fresh.is_unknown() {
            // Not written and computed, unless what is written is unknown itself.
            if !config.is_unknown() {
                return prior.clone();
            }
            self.changes.push(path.clone());
            return fresh.clone();
        }
        if fresh.is_empty() && !prior.is_empty() && self.stays(path, block.name, prior) {
            return marks::carried(prior, fresh);
        }
        match block.nesting {
            // How long to wait is no property of the object.
            Nesting::Single if block.name == "timeouts" => fresh.clone(),
            Nesting::Single if fresh.is_null() || prior.is_null() => {
                self.whole(block.name, fresh, prior, path)
            }
            Nesting::Single => self.body(block.body(), sides, path),
            Nesting::List => self.list(block, sides, path),
            Nesting::Set => self.set(block, fresh, prior, path),
            Nesting::Map => self.whole(block.name, fresh, prior, path),
        }
    }

    /// Blocks that keep their order: each is merged with the one in its place.
    fn list(&mut self, block: &Block, sides: Sides<'_>, path: &mut Vec<Step>) -> Value {
        let Sides { config, fresh, prior } = sides;
        let null = Value::null(Type::Dynamic);
        let longest = usize::max(fresh.elements().len(), prior.elements().len());
        let mut merged = Vec::new();
        for index in 0..longest {
            path.push(Step::Index(index as u64));
            match (fresh.index(index), prior.index(index)) {
                (Some(fresh), Some(prior)) => {
                    let config = config.index(index).unwrap_or(&null);
                    merged.push(self.body(block.body(), Sides { config, fresh, prior }, path));
                }
                (Some(new), None) => {
                    self.whole_element(new, path);
                    merged.push(new.clone());
                }
                (None, Some(old)) => self.whole_element(old, path),
                (None, None) => {}
            }
            path.pop();
        }
        match &fresh.kind {
            Kind::List(of, _) => Value::list(of.clone(), merged)
                .with_marks(fresh.marks)
                .with_blame(fresh.blame.clone()),
            _ => fresh.clone(),
        }
    }

    /// Blocks without order: those that say the same as one that is there are that one.
    fn set(&mut self, block: &Block, fresh: &Value, prior: &Value, path: &mut Vec<Step>) -> Value {
        let pairs = self.comparison.pair(block.name, fresh, prior);
        let taken: Vec<usize> = pairs.iter().copied().flatten().collect();
        path.push(Step::Any);
        for (new, _) in fresh.elements().zip(&pairs).filter(|(_, pair)| pair.is_none()) {
            self.whole_element(new, path);
        }
        for (_, old) in prior.elements().enumerate().filter(|(at, _)| !taken.contains(at)) {
            self.whole_element(old, path);
        }
        path.pop();
        let Kind::Set(of, _) = &fresh.kind else { return marks::carried(prior, fresh) };
        let elements = fresh.elements().zip(pairs).map(|(new, at)| {
            at.and_then(|at| prior.index(at)).cloned().unwrap_or_else(|| unset(new, prior))
        });
        let elements: Vec<Value> = elements.collect();
        Value::set(of.clone(), elements).with_marks(fresh.marks).with_blame(fresh.blame.clone())
    }

    /// A part that is compared as one.
    fn whole(&mut self, name: &str, fresh: &Value, prior: &Value, path: &[Step]) -> Value {
        if self.comparison.agree(name, fresh, prior, true) {
            return marks::carried(prior, fresh);
        }
        self.changes.push(path.to_vec());
        fresh.clone()
    }

    /// A block that comes or goes: the block changes, and so does each attribute that is set in it.
    fn whole_element(&mut self, element: &Value, path: &mut Vec<Step>) {
        self.changes.push(path.clone());
        for (name, _) in element.entries().filter(|(_, part)| !is_zero(part)) {
            path.push(Step::Attr(name.clone()));
            self.changes.push(path.clone());
            path.pop();
        }
    }
}

/// A new element of a set. Where it is an old one with a list in another order the provider plans null for a text that is not set; `""` otherwise.
pub(super) fn unset(element: &Value, prior: &Value) -> Value {
    let Kind::Object(parts) = &element.kind else { return element.clone() };
    if !prior.elements().any(|old| reordered(element, old)) {
        return element.clone();
    }
    let parts = parts.iter().map(|(name, part)| {
        let part = match part.as_str() {
            Some("") => Value::null(Type::String).with_marks(part.marks),
            _ => part.clone(),
        };
        (name.clone(), part)
    });
    Value::object(parts).with_marks(element.marks).with_blame(element.blame.clone())
}

/// The same but for the order inside lists.
fn reordered(new: &Value, old: &Value) -> bool {
    let sorted = |list: &Value| {
        let mut all: Vec<String> = list.elements().map(|e| e.to_json().to_string()).collect();
        all.sort();
        all
    };
    new.entries().all(|(name, part)| match (&part.kind, old.get(name)) {
        (_, None) => false,
        (Kind::List(..), Some(old)) => sorted(part) == sorted(old),
        (_, Some(old)) => part.to_json() == old.to_json() || is_zero(part) && is_zero(old),
    })
}
