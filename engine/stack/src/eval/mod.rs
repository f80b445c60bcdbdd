//! Expressions to values.

mod reference;
mod scope;

pub use reference::{references, traversal};
pub use scope::{Environment, Resolved, Scope, StaticKey, StaticStep, Traversal};

use crate::Value;
use syntax::{ExprId, Report, Tree};

/// Evaluates an expression. Total: where it is wrong the value is unknown with [`crate::Origin::Error`] and a report says why.
pub fn evaluate(_tree: &Tree, _expr: ExprId, _scope: &dyn Scope) -> (Value, Vec<Report>) {
    unimplemented!()
}
