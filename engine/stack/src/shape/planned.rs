//! The object that a create plans: defaults filled in, what AWS decides unknown.

use super::{adjust, tags, types};
use crate::value::Step;
use crate::{Address, Kind, Marks, Origin, Str, Type, Value};
use schema::{Attribute, Block, Body, Entry, Nesting, Rule, Schema};
use std::sync::Arc;

/// The planned object of a managed resource. `settings` is its provider configuration.
pub(crate) fn planned(
    schema: Option<&'static Schema>,
    address: &Arc<Address>,
    config: &Value,
    settings: &Value,
) -> Value {
    let Some(schema) = schema else { return config.clone() };
    let mut fill = Fill::new(schema, address, schema.planned());
    let value = fill.object(schema.body, config, false);
    let framework = !super::is_older_type(schema.name);
    if schema.name == "terraform_data" {
        return terraform_data(value);
    }
    let value = tags::plan(schema.body, address, value, config, settings, framework);
    adjust::adjust(schema, value, config)
}

/// What is known of a data source that was not read: what is written.
pub(crate) fn unread(
    schema: Option<&'static Schema>,
    address: &Arc<Address>,
    config: &Value,
) -> Value {
    let Some(schema) = schema else { return config.clone() };
    Fill::new(schema, address, &[]).object(schema.body, config, false)
}

/// Its `id` is never null, and its `output` is null where its `input` is.
fn terraform_data(value: Value) -> Value {
    let Kind::Object(map) = &value.kind else { return value };
    let mut map = map.as_ref().clone();
    if let Some(Kind::Unknown(id)) = map.get("id").map(|id| &id.kind) {
        let id = Value::unknown_not_null(Type::String, id.origin.clone());
        map.insert("id".into(), id);
    }
    if let Some(input) = map.get("input").filter(|input| input.is_null()) {
        map.insert("output".into(), input.clone());
    }
    Value { kind: Kind::Object(Arc::new(map)), ..value }
}

struct Fill<'a> {
    address: &'a Arc<Address>,
    entries: &'a [Entry],
    /// The provider's newer types (terraform-plugin-framework) keep null in sets.
    zeroes: bool,
    steps: Vec<Step>,
    /// The same way, as the entries spell it.
    path: String,
}

impl<'a> Fill<'a> {
    fn new(schema: &Schema, address: &'a Arc<Address>, entries: &'a [Entry]) -> Self {
        let zeroes = super::is_older_type(schema.name);
        Self { address, entries, zeroes, steps: Vec::new(), path: String::new() }
    }

    /// The object of a body; as deep as the schema.
    fn object(&mut self, body: &Body, config: &Value, in_set: bool) -> Value {
        let Kind::Object(written) = &config.kind else { return config.clone() };
        let mut object: Vec<(Str, Value)> = Vec::with_capacity(written.len());
        for attribute in &body.attributes {
            let value = written.get(attribute.name).cloned();
            let value = value.unwrap_or_else(|| Value::null(types::of(&attribute.ty)));
            let value = self.inside(attribute.name, Step::Attr(attribute.name.into()), |fill| {
                fill.attribute(attribute, value, in_set)
            });
            object.push((attribute.name.into(), value));
        }
        for block in &body.blocks {
            let Some(value) = written.get(block.name) else { continue };
            let value = self.inside(block.name, Step::Attr(block.name.into()), |fill| {
                fill.block(block, value, in_set)
            });
            object.push((block.name.into(), value));
        }
        Value { kind: Kind::Object(Arc::new(object.into_iter().collect())), ..config.clone() }
    }

    fn attribute(&mut self, attribute: &Attribute, value: Value, in_set: bool) -> Value {
        let marks = if attribute.sensitive { Marks::SENSITIVE } else { Marks::NONE };
        if attribute.write_only {
            let null = Value::null(types::of(&attribute.ty));
            return null.with_blame(value.blame).with_marks(marks);
        }
        if !value.is_null() {
            return self.written(&attribute.ty, value).with_marks(marks);
        }
        let filled = match self.entry() {
            Some(Rule::Default(literal)) => known(&attribute.ty, literal),
            Some(Rule::Unknown) => Some(self.unknown(types::of(&attribute.ty))),
            _ if attribute.computed => Some(self.unknown(types::of(&attribute.ty))),
            _ if in_set && self.zeroes => zero(&attribute.ty),
            _ => None,
        };
        match filled {
            Some(filled) => filled.with_blame(value.blame),
            None => value,
        }
        .with_marks(marks)
    }

    /// An attribute that is a set of objects has defaults and zero values for what its objects leave out.
    fn written(&mut self, ty: &schema::Type, value: Value) -> Value {
        let (schema::Type::Set(element), Kind::Set(of, elements), true) =
            (ty, &value.kind, self.zeroes)
        else {
            return value;
        };
        let schema::Type::Object(attributes) = &**element else { return value };
        let mut fill = |element: &Value| {
            let Kind::Object(map) = &element.kind else { return element.clone() };
            let mut map = map.as_ref().clone();
            for (name, ty) in attributes {
                let Some(slot) = map.get_mut(*name) else { continue };
                if slot.is_null() {
                    let default = self.inside(name, Step::Any, |fill| fill.entry());
                    let filled = match default {
                        Some(Rule::Default(literal)) => known(ty, literal),
                        _ => zero(ty),
                    };
                    if let Some(filled) = filled {
                        *slot = filled.with_blame(slot.blame.clone());
                    }
                } else if matches!(slot.kind, Kind::List(..)) && !slot.is_wholly_known() {
                    let unknown = Value::unknown(slot.ty(), Origin::derived(slot.origins()));
                    *slot = unknown.with_blame(slot.blame.clone());
                }
            }
            Value { kind: Kind::Object(Arc::new(map)), ..element.clone() }
        };
        let filled: Vec<Value> = elements.iter().map(&mut fill).collect();
        let filled = Value::set(of.clone(), filled);
        let marks = filled.marks.with(value.marks);
        Value { marks, blame: value.blame, ..filled }
    }

    fn block(&mut self, block: &Block, value: &Value, in_set: bool) -> Value {
        if matches!(self.entry(), Some(Rule::Unknown)) && value.is_empty() {
            return self.unknown(types::of_block(block)).with_blame(value.blame.clone());
        }
        let body = block.body();
        let kind = match (&value.kind, block.nesting) {
            (Kind::Object(_), Nesting::Single) => return self.object(body, value, false),
            (Kind::List(of, elements), _) => {
                let each = |(at, element): (usize, &Value)| {
                    let step = Step::Index(u64::try_from(at).unwrap_or(u64::MAX));
                    self.step(step, |fill| fill.object(body, element, in_set))
                };
                Kind::List(of.clone(), elements.iter().enumerate().map(each).collect())
            }
            (Kind::Set(of, elements), _) => {
                let mut all = Vec::with_capacity(elements.len());
                for element in elements.iter() {
                    all.push(self.step(Step::Any, |fill| fill.object(body, element, true)));
                }
                if self.zeroes {
                    all.retain(|element| !is_hollow(element));
                }
                let set = Value::set(of.clone(), all);
                let marks = set.marks.with(value.marks);
                return Value { marks, blame: value.blame.clone(), ..set };
            }
            _ => return value.clone(),
        };
        Value { kind, marks: value.marks, blame: value.blame.clone() }
    }

    fn entry(&self) -> Option<&'a Rule> {
        let at = self.entries.binary_search_by(|entry| entry.path.cmp(&self.path)).ok()?;
        self.entries.get(at).map(|entry| &entry.rule)
    }

    fn unknown(&self, ty: Type) -> Value {
        let path = self.steps.iter().cloned().collect();
        Value::unknown(ty, Origin::Resource { address: Arc::clone(self.address), path })
    }

    fn inside<T>(&mut self, name: &str, step: Step, f: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let result = self.step(step, f);
        self.path.truncate(length);
        result
    }

    fn step<T>(&mut self, step: Step, f: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(step);
        let result = f(self);
        self.steps.pop();
        result
    }
}

/// A block that holds nothing but blocks and collections that are not written: the provider's older types lose it in a set.
fn is_hollow(block: &Value) -> bool {
    block
        .entries()
        .all(|(_, part)| matches!(part.kind, Kind::List(..) | Kind::Set(..)) && part.is_empty())
}

/// A default of the table, in the schema's type.
fn known(ty: &schema::Type, literal: &serde_json::Value) -> Option<Value> {
    Value::from_json(&types::of(ty), literal).ok()
}

/// What the provider's older types (terraform-plugin-sdk) have in a set where nothing is written; the rest stays null.
fn zero(ty: &schema::Type) -> Option<Value> {
    match ty {
        schema::Type::String => Some(Value::string("")),
        schema::Type::List(of) => Some(Value::list(types::of(of), [])),
        schema::Type::Set(of) => Some(Value::set(types::of(of), [])),
        _ => None,
    }
}
