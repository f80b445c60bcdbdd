//! Resources of other providers: what is written, and nothing more.

use crate::eval::{self, Scope};
use crate::load::{Block, Content};
use crate::{Blame, Str, Value};
use std::collections::BTreeMap;
use syntax::Report;

/// Attributes as they are; blocks of a kind as a tuple of objects. A `dynamic` block is left out: no schema says what it makes.
pub(crate) fn generic(scope: &dyn Scope, content: &Content, reports: &mut Vec<Report>) -> Value {
    let mut object: BTreeMap<Str, Value> = BTreeMap::new();
    for attribute in &content.attributes {
        let value = &attribute.value;
        let (value, found) = eval::evaluate(&value.tree, value.id, scope);
        reports.extend(found);
        object.insert(attribute.name.clone(), value);
    }
    let mut blocks: BTreeMap<Str, Vec<Value>> = BTreeMap::new();
    for Block { kind, body, header, .. } in content.blocks.iter().filter(|b| b.kind != "dynamic") {
        let inner = generic(scope, &body.content(&|_| None), reports);
        blocks.entry(kind.clone()).or_default().push(inner.with_blame(Blame::at(*header)));
    }
    object.extend(blocks.into_iter().map(|(kind, all)| (kind, Value::tuple(all))));
    Value::object(object)
}
