//! `!a` and `-a`

use super::blame::{computed, origin_of};
use super::{Evaluator, hole};
use crate::value::{Kind, Origin, Type, Value};
use syntax::{ExprId, UnaryOp};

impl Evaluator<'_> {
    pub(super) fn unary(&mut self, expr: ExprId, op: UnaryOp, on: ExprId) -> Value {
        let tree = self.tree;
        let (span, on_span) = (tree.span(expr), tree.span(on));
        let ty = match op {
            UnaryOp::Not => Type::Bool,
            UnaryOp::Negate => Type::Number,
        };
        let mark = self.reports.len();
        let given = self.eval(on);
        let operand = match given.convert(&ty) {
            Ok(operand) => operand,
            Err(e) => {
                let message = format!("this operand does not fit: {e}");
                let help = format!("a {} is needed here", ty.friendly());
                self.report("invalid-operand", on_span, message, "this operand", help);
                hole()
            }
        };
        if self.failed_since(mark) {
            return Value::unknown(ty, Origin::Error);
        }
        let blame = computed(span, [&given]);
        let result = match (&operand.kind, op) {
            (Kind::Bool(b), UnaryOp::Not) => Value::bool(!b),
            (Kind::Number(n), UnaryOp::Negate) => Value::number(n.negate()),
            (Kind::Null(_), _) => {
                let help = "give the operand a value";
                self.report("null-operand", span, "the operand is null", "null", help);
                return Value::unknown(ty, Origin::Error);
            }
            _ => Value::unknown_not_null(ty, origin_of([&operand])),
        };
        result.with_marks(operand.deep_marks()).with_blame(blame)
    }
}
