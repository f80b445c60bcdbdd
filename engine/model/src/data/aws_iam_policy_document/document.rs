//! A policy document in the making, and how two become one.

use stack::{Str, Value};
use std::collections::BTreeMap;

/// The version of a document that names none.
pub(super) const VERSION: &str = "2012-10-17";

/// A policy document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The newest version of all that were merged.
    pub(super) version: Str,
    /// The last id that says something.
    pub(super) id: Option<Value>,
    pub(super) statements: Vec<Statement>,
}

/// A statement, or a hole where unknown ones stand.
#[derive(Debug)]
pub(super) enum Statement {
    /// Its elements by name, in the form in which they are printed.
    Known(BTreeMap<Str, Value>),
    /// Not known how many.
    Hole(Value),
}

impl Statement {
    fn sid(&self) -> Option<&str> {
        match self {
            Self::Known(elements) => elements.get("Sid").and_then(Value::as_str),
            Self::Hole(_) => None,
        }
    }
}

impl Document {
    /// Takes in another document: a statement with a known Sid takes the place of the one that has it, all others follow.
    pub(super) fn merge(&mut self, other: Self) {
        self.version = self.version.clone().max(other.version);
        self.id = other.id.or_else(|| self.id.take());
        for statement in other.statements {
            let same = statement
                .sid()
                .and_then(|sid| self.statements.iter().position(|s| s.sid() == Some(sid)));
            match same.and_then(|at| self.statements.get_mut(at)) {
                Some(place) => *place = statement,
                None => self.statements.push(statement),
            }
        }
    }

    /// A Sid that a statement of `other` shares with one of these, or with an earlier one of its own.
    pub(super) fn shared_sid<'o>(&self, other: &'o Self) -> Option<&'o str> {
        let own = |sid: &&str| self.statements.iter().any(|s| s.sid() == Some(*sid));
        other.sids().find(own).or_else(|| other.repeated_sid())
    }

    /// A Sid that two statements have.
    pub(super) fn repeated_sid(&self) -> Option<&str> {
        let mut sids: Vec<&str> = self.sids().collect();
        sids.sort_unstable();
        sids.windows(2).find_map(|pair| match pair {
            [a, b] if a == b => Some(*a),
            _ => None,
        })
    }

    fn sids(&self) -> impl Iterator<Item = &str> {
        self.statements.iter().filter_map(Statement::sid)
    }

    /// The document as a value. The text that is printed from it has the elements in AWS' usual order.
    pub(super) fn value(&self) -> Value {
        let mut members = vec![("Version", Value::string(self.version.clone()))];
        members.extend(self.id.clone().map(|id| ("Id", id)));
        if !self.statements.is_empty() {
            let statements = self.statements.iter().map(|statement| match statement {
                Statement::Known(elements) => Value::object(elements.clone()),
                Statement::Hole(value) => value.clone(),
            });
            members.push(("Statement", Value::tuple(statements)));
        }
        Value::object(members)
    }
}
