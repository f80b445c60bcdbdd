//! References: a name and the steps after it.

use super::reference::{Spine, prefix, static_key, step_span};
use super::scope::StaticKey;
use super::{Evaluator, hole, step};
use crate::value::Value;
use syntax::{Expr, ExprId};

impl Evaluator<'_> {
    pub(super) fn traversal(&mut self, expr: ExprId) -> Value {
        let tree = self.tree;
        let spine = Spine::of(tree, expr);
        let Expr::Name(root) = tree.expr(spine.base) else {
            let start = self.eval(spine.base);
            return self.walk(start, &spine.steps);
        };
        if let Some(local) = self.local(tree.name(root)) {
            return self.walk(local, &spine.steps);
        }
        let reference = prefix(tree, &spine, root);
        let found = match self.scope.resolve(&reference) {
            Ok(found) => found,
            Err(report) => {
                self.wrong.push((*report).clone());
                self.reports.push(*report);
                self.check_keys(&spine.steps);
                return hole();
            }
        };
        let rest = spine.steps.get(found.used..).unwrap_or_default();
        let value = self.walk(found.value, rest);
        let blame = value.blame.through(tree.span(expr), tree.expr_text(expr));
        value.with_blame(blame)
    }

    /// A name that a surrounding `for` brought, innermost first.
    fn local(&self, name: &str) -> Option<Value> {
        self.locals.iter().rev().find(|(bound, _)| bound == name).map(|(_, value)| value.clone())
    }

    /// Takes one step after the other; after a wrong one only the keys of the rest are looked at.
    fn walk(&mut self, start: Value, steps: &[ExprId]) -> Value {
        let mut value = start;
        for (i, expr) in steps.iter().enumerate() {
            let next = match static_key(self.tree, *expr) {
                Some(StaticKey::Name(name)) => step::attribute(&value, &name),
                Some(StaticKey::Key(name)) => step::index(&value, &Value::string(name)),
                Some(StaticKey::Index(at)) => step::index(&value, &Value::number(at)),
                None => {
                    let Expr::Index { key, .. } = self.tree.expr(*expr) else { return hole() };
                    let mark = self.reports.len();
                    let key = self.eval(key);
                    if self.failed_since(mark) {
                        self.check_keys(steps.get(i + 1..).unwrap_or_default());
                        return hole();
                    }
                    step::index(&value, &key)
                }
            };
            value = match next {
                Ok(next) => next,
                Err(astray) => {
                    let span = step_span(self.tree, *expr);
                    self.report(astray.code, span, astray.message, "this step", astray.help);
                    self.check_keys(steps.get(i + 1..).unwrap_or_default());
                    return hole();
                }
            };
        }
        value
    }

    fn check_keys(&mut self, steps: &[ExprId]) {
        for step in steps {
            if let Expr::Index { key, .. } = self.tree.expr(*step) {
                self.eval(key);
            }
        }
    }
}
