//! `[for …]`, `{for …}` and the loops of templates.

use super::blame::{origin_of, within};
use super::{Evaluator, hole};
use crate::value::{Blame, Kind, Marks, Origin, Str, Type, Value};
use std::collections::BTreeMap;
use syntax::{Expr, ExprId, ForExpr, ForId, Symbol};

/// What a loop walks: keys and values in order, and the marks of the whole.
pub(super) struct Walked {
    pub(super) items: Vec<(Value, Value)>,
    pub(super) marks: Marks,
}

/// Whether one turn of a loop counts.
enum Turn {
    Keep,
    Skip,
    Unknown(Origin),
}

impl Evaluator<'_> {
    pub(super) fn iteration(&mut self, expr: ExprId, id: ForId) -> Value {
        let Some(f) = self.tree.for_expr(id).copied() else { return hole() };
        let at = Blame::at(self.tree.span(expr));
        let (collection, marks) = match self.collection(f.collection) {
            Ok(found) => found,
            Err(value) => return value.with_blame(at),
        };
        let mut condition_marks = Marks::NONE;
        if let Some(test) = f.test {
            match self.check_test(&f, test) {
                Some(marks) => condition_marks = marks,
                None => return hole().with_blame(at),
            }
        }
        let Some(walked) = walk(&collection, marks) else {
            let origin = origin_of([&collection]);
            let marks = marks.with(condition_marks);
            return Value::unknown(Type::Dynamic, origin).with_marks(marks).with_blame(at);
        };
        let result = match f.key {
            Some(key) => self.object_turns(&f, key, walked),
            None => self.tuple_turns(&f, walked),
        };
        result.with_blame(at)
    }

    /// Evaluates what a loop walks. `Err` holds the loop's result where there is nothing to walk.
    pub(super) fn collection(&mut self, expr: ExprId) -> Result<(Value, Marks), Value> {
        let span = self.tree.span(expr);
        let value = self.eval(expr);
        if value.is_null() {
            let help = "give it a value, or walk `coalesce(…, [])`";
            return Err(self.fail(
                "null-collection",
                span,
                "a null value cannot be walked",
                "null",
                help,
            ));
        }
        let ty = value.outer_type();
        if ty == Type::Dynamic {
            return Err(Value::unknown(Type::Dynamic, origin_of([&value])));
        }
        if !(ty.is_collection() || matches!(ty, Type::Tuple(_) | Type::Object(_))) {
            let message = format!("a {} cannot be walked", ty.friendly());
            let help = "only lists, sets, tuples, maps and objects have elements";
            return Err(self.fail("not-a-collection", span, message, "not a collection", help));
        }
        Ok(value.unmark())
    }

    /// Evaluates the condition once with nothing known: what is wrong with it is said once.
    fn check_test(&mut self, f: &ForExpr, test: ExprId) -> Option<Marks> {
        let mark = self.reports.len();
        let span = self.tree.span(test);
        let result =
            self.with_locals(f.key_name, f.value_name, (unknown(), unknown()), |me| me.eval(test));
        if result.is_null() {
            self.report("null-condition", span, "this condition is null", "null", CONDITION_HELP);
        } else if let Err(e) = result.convert(&Type::Bool) {
            let message = format!("this condition is not a bool: {e}");
            self.report("invalid-condition", span, message, "not a bool", CONDITION_HELP);
        }
        (!self.failed_since(mark)).then_some(result.marks)
    }

    fn turn(&mut self, test: Option<ExprId>, known: bool, marks: &mut Marks) -> Turn {
        let Some(test) = test else { return Turn::Keep };
        let span = self.tree.span(test);
        let include = self.eval(test);
        if include.is_null() {
            if known {
                self.report(
                    "null-condition",
                    span,
                    "this condition is null",
                    "null",
                    CONDITION_HELP,
                );
            }
            return Turn::Unknown(Origin::Error);
        }
        *marks = marks.with(include.marks);
        if include.is_unknown() {
            return Turn::Unknown(origin_of([&include]));
        }
        match include.convert(&Type::Bool).map(|v| v.as_bool()) {
            Ok(Some(true)) => Turn::Keep,
            Ok(_) => Turn::Skip,
            Err(e) => {
                if known {
                    let message = format!("this condition is not a bool: {e}");
                    self.report("invalid-condition", span, message, "not a bool", CONDITION_HELP);
                }
                Turn::Unknown(Origin::Error)
            }
        }
    }

    fn tuple_turns(&mut self, f: &ForExpr, walked: Walked) -> Value {
        let mut marks = walked.marks;
        let mut elements = Vec::with_capacity(walked.items.len());
        let mut unknown = None;
        for item in walked.items {
            self.with_locals(f.key_name, f.value_name, item, |me| {
                match me.turn(f.test, unknown.is_none(), &mut marks) {
                    Turn::Keep => elements.push(me.eval(f.value)),
                    Turn::Skip => {}
                    Turn::Unknown(origin) => unknown = unknown.take().or(Some(origin)),
                }
            });
        }
        match unknown {
            Some(origin) => Value::unknown(Type::Dynamic, origin).with_marks(marks),
            None => Value::tuple(elements).with_marks(marks),
        }
    }

    fn object_turns(&mut self, f: &ForExpr, key: ExprId, walked: Walked) -> Value {
        let mut marks = walked.marks;
        let mut entries: BTreeMap<Str, Vec<Value>> = BTreeMap::new();
        let mut unknown = None;
        for item in walked.items {
            self.with_locals(f.key_name, f.value_name, item, |me| {
                match me.turn(f.test, unknown.is_none(), &mut marks) {
                    Turn::Keep => {}
                    Turn::Skip => return,
                    Turn::Unknown(origin) => {
                        unknown = unknown.take().or(Some(origin));
                        return;
                    }
                }
                match me.object_key(key, unknown.is_none(), &mut marks) {
                    Ok(name) => {
                        let value = me.eval(f.value);
                        let values = entries.entry(name).or_default();
                        if values.is_empty() || f.group {
                            values.push(value);
                        } else {
                            let span = me.tree.span(key);
                            let message = "two elements have the same key";
                            let help = "write `...` after the value to group values by key";
                            me.report("duplicate-key", span, message, "the key", help);
                        }
                    }
                    Err(origin) => unknown = unknown.take().or(Some(origin)),
                }
            });
        }
        if let Some(origin) = unknown {
            return Value::unknown(Type::Dynamic, origin).with_marks(marks);
        }
        let attributes = entries.into_iter().filter_map(|(name, mut values)| {
            let value = if f.group { Some(Value::tuple(values)) } else { values.pop() };
            value.map(|value| (name, value))
        });
        Value::object(attributes).with_marks(marks)
    }

    fn object_key(&mut self, key: ExprId, known: bool, marks: &mut Marks) -> Result<Str, Origin> {
        let span = self.tree.span(key);
        let value = match self.tree.expr(key) {
            Expr::Missing => return Err(Origin::Error),
            _ => self.eval(key),
        };
        let help = "a key must be a string, or convert to one";
        if value.is_null() {
            if known {
                self.report("null-key", span, "this key is null", "null", help);
            }
            return Err(Origin::Error);
        }
        *marks = marks.with(value.marks);
        if value.is_unknown() {
            return Err(origin_of([&value]));
        }
        match value.convert(&Type::String) {
            Ok(text) => text.as_str().map(Str::from).ok_or(Origin::Error),
            Err(e) => {
                if known {
                    let message = format!("this key is not a string: {e}");
                    self.report("invalid-key", span, message, "this key", help);
                }
                Err(Origin::Error)
            }
        }
    }

    /// Runs one turn of a loop with its names in sight.
    pub(super) fn with_locals<T>(
        &mut self,
        key_name: Option<Symbol>,
        value_name: Symbol,
        (key, value): (Value, Value),
        run: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let tree = self.tree;
        self.effort.evaluate();
        let length = self.locals.len();
        if let Some(name) = key_name {
            self.locals.push((tree.name(name).into(), key));
        }
        self.locals.push((tree.name(value_name).into(), value));
        let result = run(self);
        self.locals.truncate(length);
        result
    }
}

const CONDITION_HELP: &str = "the condition of a `for` is either true or false";

fn unknown() -> Value {
    Value::unknown(Type::Dynamic, Origin::Error)
}

/// Keys and values of a known collection; none of an unknown one. The way to the collection becomes part of the way to each
/// element.
pub(super) fn walk(collection: &Value, marks: Marks) -> Option<Walked> {
    let seen = |value: &Value| {
        let blame = if collection.blame.via.is_some() || value.blame.at.is_none() {
            within(&value.blame, &collection.blame)
        } else {
            value.blame.clone()
        };
        value.clone().with_blame(blame)
    };
    let items = match &collection.kind {
        Kind::List(_, elements) | Kind::Tuple(elements) => {
            let keys = (0u64..).map(Value::number);
            keys.zip(elements.iter().map(seen)).collect()
        }
        Kind::Set(_, elements) => elements.iter().map(seen).map(|v| (v.clone(), v)).collect(),
        Kind::Map(_, entries) | Kind::Object(entries) => entries
            .iter()
            .map(|(name, value)| {
                let blame = Blame::at(value.blame.at.unwrap_or_default());
                let key = Value::string(name.clone());
                let key = if value.blame.at.is_some() { key.with_blame(blame) } else { key };
                (key, seen(value))
            })
            .collect(),
        _ => return None,
    };
    Some(Walked { items, marks })
}
