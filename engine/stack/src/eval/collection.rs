//! `[a, b]` and `{ k = v }`.

use super::{Evaluator, hole};
use crate::value::{Blame, Marks, Str, Type, Value};
use std::collections::BTreeMap;
use syntax::{Expr, ExprId, List};

impl Evaluator<'_> {
    pub(super) fn tuple(&mut self, expr: ExprId, list: List) -> Value {
        let tree = self.tree;
        let elements: Vec<Value> = tree.list(list).iter().map(|e| self.eval(*e)).collect();
        Value::tuple(elements).with_blame(Blame::at(tree.span(expr)))
    }

    pub(super) fn object(&mut self, expr: ExprId, list: List) -> Value {
        let tree = self.tree;
        let mut attributes = BTreeMap::new();
        let mut marks = Marks::NONE;
        let mut unknown = None;
        for pair in tree.list(list).chunks_exact(2) {
            let [key, value] = *pair else { continue };
            let mark = self.reports.len();
            let name = self.key(key);
            let bad_key = self.failed_since(mark);
            let value_span = tree.span(value);
            let value = self.eval(value);
            if bad_key {
                unknown = Some(hole());
                continue;
            }
            if name.is_null() {
                let help = "give the key a value, or leave the entry out";
                self.report("null-key", value_span, "a key is null", "the key of this", help);
                unknown = Some(hole());
                continue;
            }
            let (name, own) = name.unmark();
            marks = marks.with(own);
            match name.convert(&Type::String) {
                Ok(name) => match name.as_str() {
                    Some(text) => {
                        attributes.insert(Str::from(text), value);
                    }
                    None => unknown = unknown.or(Some(name)),
                },
                Err(e) => {
                    let message = format!("this key is not a string: {e}");
                    let help = "a key must be a string, or convert to one";
                    self.report("invalid-key", tree.span(key), message, "this key", help);
                    unknown = Some(hole());
                }
            }
        }
        let blame = Blame::at(tree.span(expr));
        match unknown {
            // Without all its keys nothing is known of an object.
            Some(key) => {
                let origin = super::blame::origin_of([&key]);
                Value::unknown(Type::Dynamic, origin).with_blame(blame)
            }
            None => Value::object(attributes).with_marks(marks).with_blame(blame),
        }
    }

    /// A key: a bare word stands for itself.
    fn key(&mut self, key: ExprId) -> Value {
        let tree = self.tree;
        match tree.expr(key) {
            Expr::Name(word) => {
                Value::string(tree.name(word)).with_blame(Blame::at(tree.span(key)))
            }
            Expr::Attr { .. } | Expr::Index { .. } if is_reference(tree, key) => self.fail(
                "ambiguous-key",
                tree.span(key),
                "a reference cannot be a key as it stands",
                "a key or a reference?",
                "put a reference in parentheses, and a name with dots in quotes",
            ),
            // `null`, `true` and `false` are bare words here, as any other.
            Expr::Null | Expr::Bool(_) => {
                Value::string(tree.expr_text(key)).with_blame(Blame::at(tree.span(key)))
            }
            _ => self.eval(key),
        }
    }
}

fn is_reference(tree: &syntax::Tree, key: ExprId) -> bool {
    super::reference::traversal(tree, key).is_some()
}
