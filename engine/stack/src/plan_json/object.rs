//! An instance's object: values where they are known, and where not, who decides them.

use super::references::Found;
use crate::value::Step;
use crate::{Kind, Marks, Origin, Str, Type, Value};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an instance's object is made from.
pub(super) struct Maker<'m> {
    /// What an expression refers to.
    pub(super) follow: &'m dyn Fn(&Json) -> Found,
    /// The instance's own attribute, for what AWS decides.
    pub(super) own: &'m dyn Fn(&[Step]) -> Origin,
    /// Paths whose values do not fit the type that the provider's schema has for them: of another version of it.
    pub(super) misfits: Vec<String>,
}

/// Where in an object the work is.
#[derive(Clone, Copy)]
struct At<'a> {
    /// The planned value.
    json: &'a Json,
    /// `true` where it is not known.
    unknown: &'a Json,
    /// What the configuration says; null where it says nothing.
    expression: &'a Json,
}

static NOTHING: Json = Json::Null;

impl Maker<'_> {
    /// The planned object, and the one that is written.
    pub(super) fn make(
        &mut self,
        ty: &Type,
        values: &Map<String, Json>,
        unknown: &Json,
        expressions: &Json,
    ) -> (Value, Value) {
        let planned = Json::Object(values.clone());
        let at = At { json: &planned, unknown, expression: expressions };
        let value = self.value(ty, at, &mut Vec::new());
        let config = written(&value, expressions);
        (value, config)
    }

    /// As deep as the schema, or as JSON may be nested.
    fn value(&mut self, ty: &Type, at: At<'_>, path: &mut Vec<Step>) -> Value {
        if *at.unknown == Json::Bool(true) {
            return self.unknown(ty, at.expression, path);
        }
        match (ty, at.json) {
            (Type::Object(of), Json::Object(entries)) => {
                let part = |(name, ty): (&Str, &Type)| {
                    let at = at.attribute(name, entries);
                    path.push(Step::Attr(name.clone()));
                    let value = self.value(ty, at, path);
                    path.pop();
                    (name.clone(), value)
                };
                let parts: Vec<(Str, Value)> = of.attributes.iter().map(part).collect();
                Value::object(parts)
            }
            (Type::Map(of), Json::Object(entries)) => {
                let empty = Map::new();
                let unknown = at.unknown.as_object().unwrap_or(&empty);
                let names: BTreeSet<&String> = entries.keys().chain(unknown.keys()).collect();
                let part = |name: &String| {
                    let at = At { expression: at.expression, ..at.attribute(name, entries) };
                    path.push(Step::Attr(name.as_str().into()));
                    let value = self.value(of, at, path);
                    path.pop();
                    (Str::from(name.as_str()), value)
                };
                let parts: Vec<(Str, Value)> = names.into_iter().map(part).collect();
                Value::map((**of).clone(), parts)
            }
            (Type::List(of) | Type::Set(of), Json::Array(items)) => {
                let part = |(index, json): (usize, &Json)| {
                    let unknown = at.unknown.get(index).unwrap_or(&NOTHING);
                    let expression = match at.expression {
                        // Blocks are written one by one. The order of a set is not the one that they are written in.
                        Json::Array(blocks) if matches!(ty, Type::List(_)) || blocks.len() == 1 => {
                            blocks.get(index).unwrap_or(&NOTHING)
                        }
                        Json::Array(_) => &NOTHING,
                        expression => expression,
                    };
                    let step = u64::try_from(index).map_or(Step::Any, Step::Index);
                    path.push(step);
                    let value = self.value(of, At { json, unknown, expression }, path);
                    path.pop();
                    value
                };
                let parts: Vec<Value> = items.iter().enumerate().map(part).collect();
                let element = (**of).clone();
                if matches!(ty, Type::List(_)) {
                    Value::list(element, parts)
                } else {
                    Value::set(element, parts)
                }
            }
            (Type::Dynamic, Json::Object(entries)) => {
                let empty = Map::new();
                let unknown = at.unknown.as_object().unwrap_or(&empty);
                let names: BTreeSet<&String> = entries.keys().chain(unknown.keys()).collect();
                let part = |name: &String| {
                    let at = at.attribute(name, entries);
                    path.push(Step::Attr(name.as_str().into()));
                    let value = self.value(ty, at, path);
                    path.pop();
                    (Str::from(name.as_str()), value)
                };
                let parts: Vec<(Str, Value)> = names.into_iter().map(part).collect();
                Value::object(parts)
            }
            // Blocks that are not there are none, never null.
            (Type::List(of), Json::Null) if matches!(**of, Type::Object(_)) => {
                Value::list((**of).clone(), [])
            }
            (Type::Set(of), Json::Null) if matches!(**of, Type::Object(_)) => {
                Value::set((**of).clone(), [])
            }
            (ty, json) => Value::from_json(ty, json).unwrap_or_else(|_| {
                self.misfits.push(shown(path));
                Value::from_json(&Type::Dynamic, json).unwrap_or_else(|_| Value::null(ty.clone()))
            }),
        }
    }

    /// What is not known: what the resources referred to decide, or the one itself. A list that refers to resources and nothing else
    /// has an element for each.
    fn unknown(&self, ty: &Type, expression: &Json, path: &[Step]) -> Value {
        if expression.is_null() {
            return Value::unknown(ty.clone(), (self.own)(path));
        }
        let Found { instances, lost } = (self.follow)(expression);
        let wanted = path.iter().rev().find_map(|step| match step {
            Step::Attr(name) => Some(name.as_str()),
            _ => None,
        });
        let arn = wanted.is_some_and(|name| name.ends_with("arn") || name.ends_with("arns"));
        let origin = |(address, attribute): (Arc<crate::Address>, Option<Str>)| {
            let name = attribute.unwrap_or_else(|| if arn { "arn".into() } else { "id".into() });
            Origin::Resource { address, path: [Step::Attr(name)].into() }
        };
        let origins: Vec<Origin> = instances.into_iter().map(origin).collect();
        match (ty, lost) {
            (_, Some(lost)) => Value::unknown(ty.clone(), Origin::Apply(lost)),
            (Type::List(of) | Type::Set(of), None) if of.is_primitive() && !origins.is_empty() => {
                let part = |origin| Value::unknown_not_null((**of).clone(), origin);
                let parts: Arc<[Value]> = origins.into_iter().map(part).collect();
                let element = (**of).clone();
                // Unknown parts of a set may be equal or not: they stay side by side.
                Value::new(match ty {
                    Type::Set(_) => Kind::Set(element, parts),
                    _ => Kind::List(element, parts),
                })
            }
            (_, None) if origins.is_empty() => {
                Value::unknown(ty.clone(), Origin::Apply("a function".into()))
            }
            (_, None) => Value::unknown(ty.clone(), Origin::derived(origins)),
        }
    }
}

impl<'a> At<'a> {
    fn attribute(&self, name: &str, entries: &'a Map<String, Json>) -> Self {
        Self {
            json: entries.get(name).unwrap_or(&NOTHING),
            unknown: self.unknown.get(name).unwrap_or(&NOTHING),
            expression: self.expression.get(name).unwrap_or(&NOTHING),
        }
    }
}

/// The part of a planned object that the configuration says something for; null and no blocks elsewhere.
fn written(value: &Value, expressions: &Json) -> Value {
    let Kind::Object(entries) = &value.kind else { return value.clone() };
    let part = |(name, value): (&Str, &Value)| {
        let expression = expressions.get(name.as_str());
        let value = match (&value.kind, expression) {
            (Kind::List(ty, blocks), Some(Json::Array(said))) => {
                let both = blocks.iter().zip(said.iter().chain(std::iter::repeat(&NOTHING)));
                let blocks = both.map(|(block, said)| written(block, said));
                Value::list(ty.clone(), blocks.collect::<Vec<_>>())
            }
            (_, Some(_)) => value.clone(),
            (Kind::List(ty, _), None) if matches!(ty, Type::Object(_)) => {
                Value::list(ty.clone(), [])
            }
            (Kind::Set(ty, _), None) if matches!(ty, Type::Object(_)) => Value::set(ty.clone(), []),
            (_, None) => Value::null(value.ty()),
        };
        (name.clone(), value)
    };
    let parts: BTreeMap<Str, Value> = entries.iter().map(part).collect();
    Value { kind: Kind::Object(Arc::new(parts)), ..value.clone() }
}

/// Marks the parts that plan JSON calls sensitive.
pub(super) fn masked(value: Value, mask: &Json) -> Value {
    match mask {
        Json::Bool(true) => value.with_marks(Marks::SENSITIVE),
        Json::Array(masks) => {
            let Value { kind, marks, blame } = value;
            let mut masks = masks.iter();
            let kind = kind.map_parts(|part| match masks.next() {
                Some(mask) => masked(part, mask),
                None => part,
            });
            Value { kind, marks, blame }
        }
        Json::Object(masks) => {
            let names: Vec<Str> = value.entries().map(|(name, _)| name.clone()).collect();
            let mut names = names.into_iter();
            let Value { kind, marks, blame } = value;
            let kind = kind.map_parts(|part| {
                match names.next().and_then(|name| masks.get(name.as_str())) {
                    Some(mask) => masked(part, mask),
                    None => part,
                }
            });
            Value { kind, marks, blame }
        }
        _ => value,
    }
}

fn shown(path: &[Step]) -> String {
    let parts = path.iter().filter_map(|step| match step {
        Step::Attr(name) => Some(name.as_str()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join(".")
}
