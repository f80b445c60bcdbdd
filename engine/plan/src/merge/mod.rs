//! What becomes of an object that exists: its prior value with the configuration laid over it.

mod blocks;
mod ignore;
mod marks;

pub(crate) use ignore::{Ignore, ignored, read_path};
pub(crate) use marks::carried;

use crate::equal::{Comparison, is_zero};
use crate::replace;
use schema::{Attribute, Body};
use stack::value::Step;
use stack::{Address, Origin, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a merge comes to.
#[derive(Clone, Debug)]
pub(crate) enum Merged {
    /// Nothing changes: the prior object.
    Same(Value),
    /// It changes in place.
    Changed(Value),
    /// It takes a new object, because of these attributes.
    Replaced(Vec<Vec<Step>>),
}

/// Lays what is written (`config`) and what a create would plan (`fresh`) over what is there.
pub(crate) fn merge(address: &Address, config: &Value, fresh: &Value, prior: &Value) -> Merged {
    let mode = |value: &Value| value.get("network_mode").and_then(Value::as_str) == Some("awsvpc");
    let comparison = Comparison { address, awsvpc: mode(fresh) && mode(prior) };
    let mut merge = Merge { comparison, changes: Vec::new() };
    let mut path = Vec::new();
    let value = match schema::resource(&address.ty) {
        Some(schema) => merge.body(schema.body, Sides { config, fresh, prior }, &mut path),
        None => merge.shapeless(Sides { config, fresh, prior }),
    };
    if merge.changes.is_empty() {
        return Merged::Same(marks::carried(prior, fresh));
    }
    let forced: BTreeSet<Vec<Step>> = (merge.changes.iter())
        .filter(|path| replace::forces(&address.ty, path, prior, fresh))
        .map(|path| path.iter().take_while(|s| **s != Step::Any).cloned().collect())
        .collect();
    if !forced.is_empty() {
        return Merged::Replaced(forced.into_iter().collect());
    }
    Merged::Changed(renew(address, &value, &merge.changes))
}

/// Makes what this change decides anew unknown.
fn renew(address: &Address, value: &Value, changes: &[Vec<Step>]) -> Value {
    let names = changes.iter().filter_map(|path| match path.first() {
        Some(Step::Attr(name)) => Some(name.as_str()),
        _ => None,
    });
    let names: BTreeSet<&str> = names.collect();
    let mut entries: BTreeMap<_, _> =
        value.entries().map(|(n, v)| (n.clone(), v.clone())).collect();
    for name in replace::renewed(&address.ty, &names) {
        if let Some(old) = entries.get_mut(name)
            && !names.contains(name)
        {
            let path = [Step::Attr(name.into())].into();
            let origin = Origin::Resource { address: Arc::new(address.clone()), path };
            *old = Value::unknown(old.ty(), origin).with_marks(old.marks);
        }
    }
    Value { marks: value.marks, blame: value.blame.clone(), ..Value::object(entries) }
}

/// The three views of one part.
#[derive(Clone, Copy)]
struct Sides<'a> {
    config: &'a Value,
    fresh: &'a Value,
    prior: &'a Value,
}

struct Merge<'a> {
    comparison: Comparison<'a>,
    changes: Vec<Vec<Step>>,
}

impl<'a> Sides<'a> {
    /// The same three views of an attribute; null where a side has none.
    fn part(self, name: &str, null: &'a Value) -> Self {
        let part = |value: &'a Value| value.get(name).unwrap_or(null);
        Self { config: part(self.config), fresh: part(self.fresh), prior: part(self.prior) }
    }
}

impl Merge<'_> {
    fn body(&mut self, body: &Body, sides: Sides<'_>, path: &mut Vec<Step>) -> Value {
        if sides.fresh.as_unknown().is_some() || sides.prior.is_null() {
            self.changes.push(path.clone());
            return sides.fresh.clone();
        }
        let null = Value::null(stack::Type::Dynamic);
        let mut merged = Vec::with_capacity(body.attributes.len() + body.blocks.len());
        for attribute in &body.attributes {
            path.push(Step::Attr(attribute.name.into()));
            let value = if attribute.name == "tags_all" && path.len() == 1 {
                self.all_tags(sides, path)
            } else {
                self.attribute(attribute, sides.part(attribute.name, &null), path)
            };
            merged.push((attribute.name, value));
            path.pop();
        }
        for block in &body.blocks {
            path.push(Step::Attr(block.name.into()));
            merged.push((block.name, self.block(block, sides.part(block.name, &null), path)));
            path.pop();
        }
        let marks = sides.fresh.marks;
        Value::object(merged).with_marks(marks).with_blame(sides.fresh.blame.clone())
    }

    fn attribute(&mut self, attribute: &Attribute, sides: Sides<'_>, path: &[Step]) -> Value {
        let Sides { config, fresh, prior } = sides;
        let kept = attribute.write_only
            || if config.is_null() && (fresh.is_unknown() || fresh.is_null()) {
                attribute.computed
                    || (fresh.is_null() && is_zero(prior))
                    || self.stays(path, attribute.name, prior)
            } else {
                self.comparison.agree(attribute.name, fresh, prior, false)
            };
        if kept {
            return marks::carried(prior, fresh);
        }
        self.changes.push(path.to_vec());
        self.planned(attribute.name, fresh, prior)
    }

    /// What stands at the top level of the object stays there, though it is not written.
    fn stays(&self, path: &[Step], name: &str, prior: &Value) -> bool {
        path.len() == 1 && replace::keeps(&self.comparison.address.ty, name, prior)
    }

    /// A set's unchanged elements stay as they are; the rest of the value is new.
    fn planned(&self, name: &str, fresh: &Value, prior: &Value) -> Value {
        match (&fresh.kind, &prior.kind) {
            (stack::Kind::Set(of, _), stack::Kind::Set(..)) => {
                let pairs = self.comparison.pair(name, fresh, prior);
                let elements = fresh.elements().zip(pairs).map(|(new, at)| {
                    at.and_then(|at| prior.index(at))
                        .cloned()
                        .unwrap_or_else(|| blocks::unset(new, prior))
                });
                let elements: Vec<Value> = elements.collect();
                let set = Value::set(of.clone(), elements);
                set.with_marks(fresh.marks).with_blame(fresh.blame.clone())
            }
            _ => fresh.clone(),
        }
    }

    /// `tags_all` is the provider's default tags with `tags` laid over them. It is planned as unknown where both are empty, which is
    /// no change when it is empty already.
    fn all_tags(&mut self, sides: Sides<'_>, path: &[Step]) -> Value {
        let null = Value::null(stack::Type::Dynamic);
        let Sides { fresh, prior, .. } = sides.part("tags_all", &null);
        let tags_known = sides.fresh.get("tags").is_none_or(Value::is_wholly_known);
        let kept = if fresh.is_unknown() || fresh.is_null() {
            tags_known && is_zero(prior)
        } else {
            self.comparison.agree("tags_all", fresh, prior, false)
        };
        if kept {
            return marks::carried(prior, fresh);
        }
        self.changes.push(path.to_vec());
        fresh.clone()
    }

    /// An object of a type without a schema: what is unknown in `fresh` and not written is computed.
    fn shapeless(&mut self, sides: Sides<'_>) -> Value {
        let null = Value::null(stack::Type::Dynamic);
        let merged: Vec<_> = (sides.fresh.entries())
            .map(|(name, fresh)| {
                let Sides { config, prior, .. } = sides.part(name, &null);
                let computed = config.is_null() && fresh.is_unknown();
                if computed || self.comparison.agree(name, fresh, prior, false) {
                    return (name.clone(), marks::carried(prior, fresh));
                }
                self.changes.push(vec![Step::Attr(name.clone())]);
                (name.clone(), fresh.clone())
            })
            .collect();
        Value::object(merged)
    }
}
