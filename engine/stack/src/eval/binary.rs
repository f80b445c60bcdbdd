//! `a + b`, `a == b`, `a && b` …

use super::Evaluator;
use super::blame::{computed, origin_of};
use crate::value::{Kind, Number, Origin, Refinement, Type, Value};
use syntax::{BinaryOp, Expr, ExprId, Span};

/// An operand and where it stands.
struct Operand {
    value: Value,
    span: Span,
    /// Something is wrong with it, and was reported.
    failed: bool,
}

impl Evaluator<'_> {
    /// A chain of operators is a loop down its left side, since a chain may be as long as a file.
    pub(super) fn binary(&mut self, expr: ExprId) -> Value {
        let tree = self.tree;
        let (mut chain, mut first) = (Vec::new(), expr);
        while let Expr::Binary(op, left, right) = tree.expr(first) {
            chain.push((first, op, right));
            first = left;
        }
        let mut left = self.operand(first);
        for (whole, op, right) in chain.into_iter().rev() {
            let mark = self.reports.len();
            let right = self.operand(right);
            let span = tree.span(whole);
            let blame = computed(span, [&left.value, &right.value]);
            let value = self.operate(op, &left, &right, span).with_blame(blame);
            let failed = left.failed || self.failed_since(mark);
            left = Operand { value, span, failed };
        }
        left.value
    }

    fn operand(&mut self, expr: ExprId) -> Operand {
        let mark = self.reports.len();
        let value = self.eval(expr);
        Operand { value, span: self.tree.span(expr), failed: self.failed_since(mark) }
    }

    fn operate(&mut self, op: BinaryOp, left: &Operand, right: &Operand, span: Span) -> Value {
        let (a, b) = (self.as_operand(op, left, "left"), self.as_operand(op, right, "right"));
        let error = Value::unknown(result_type(op), Origin::Error);
        let (Some(a), Some(b)) = (a, b) else { return error };
        if left.failed || right.failed {
            return error;
        }
        match apply(op, &a, &b) {
            Ok(value) => value.with_marks(a.deep_marks().with(b.deep_marks())),
            Err((message, help)) => {
                self.report("operation-failed", span, message, "here", help);
                error
            }
        }
    }

    fn as_operand(&mut self, op: BinaryOp, operand: &Operand, side: &str) -> Option<Value> {
        let wanted = operand_type(op);
        let message = match operand.value.convert(&wanted) {
            Ok(value) => return Some(value),
            Err(e) => format!("the {side} operand does not fit: {e}"),
        };
        let help = format!("a {} is needed here", wanted.friendly());
        self.report("invalid-operand", operand.span, message, "this operand", help);
        None
    }
}

fn operand_type(op: BinaryOp) -> Type {
    match op {
        BinaryOp::Or | BinaryOp::And => Type::Bool,
        BinaryOp::Equal | BinaryOp::NotEqual => Type::Dynamic,
        _ => Type::Number,
    }
}

fn result_type(op: BinaryOp) -> Type {
    match op {
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::Modulo => Type::Number,
        _ => Type::Bool,
    }
}

type Applied = Result<Value, (String, &'static str)>;

fn apply(op: BinaryOp, a: &Value, b: &Value) -> Applied {
    let bool = |known: Option<bool>| {
        known.map_or_else(|| Value::unknown_not_null(Type::Bool, origin_of([a, b])), Value::bool)
    };
    match op {
        BinaryOp::Equal => return Ok(bool(a.equals(b))),
        BinaryOp::NotEqual => return Ok(bool(a.equals(b).map(|e| !e))),
        _ => {}
    }
    if a.is_null() || b.is_null() {
        let side = if a.is_null() { "left" } else { "right" };
        return Err((
            format!("the {side} operand is null"),
            "give it a value, or test for null first",
        ));
    }
    match op {
        BinaryOp::Or | BinaryOp::And => {
            let (Some(x), Some(y)) = (a.as_bool(), b.as_bool()) else { return Ok(bool(None)) };
            Ok(Value::bool(if op == BinaryOp::Or { x || y } else { x && y }))
        }
        BinaryOp::Less => Ok(bool(less(a, b))),
        BinaryOp::Greater => Ok(bool(less(b, a))),
        BinaryOp::LessEqual => Ok(bool(or(less(a, b), a.equals(b)))),
        BinaryOp::GreaterEqual => Ok(bool(or(less(b, a), a.equals(b)))),
        _ => arithmetic(op, a, b),
    }
}

/// `||` of what is known.
fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// `a < b`, from the bounds where the numbers are not known. Bounds count as if they were exclusive, as in Terraform.
fn less(a: &Value, b: &Value) -> Option<bool> {
    if let (Kind::Number(a), Kind::Number(b)) = (&a.kind, &b.kind) {
        return Some(a.compare(b).is_lt());
    }
    let (a, b) = (a.range(), b.range());
    let below = |x: &Option<(Number, bool)>, y: &Option<(Number, bool)>| matches!((x, y), (Some((x, _)), Some((y, _))) if x.compare(y).is_lt());
    if below(&a.max, &b.min) {
        Some(true)
    } else if below(&b.max, &a.min) {
        Some(false)
    } else {
        None
    }
}

fn arithmetic(op: BinaryOp, a: &Value, b: &Value) -> Applied {
    let (Some(x), Some(y)) = (a.as_number(), b.as_number()) else {
        let origin = origin_of([a, b]);
        return Ok(Value::refined(Type::Number, origin, Refinement::not_null()));
    };
    let (result, message) = match op {
        BinaryOp::Add => (x.add(y), "opposite infinities have no sum"),
        BinaryOp::Subtract => (x.subtract(y), "equal infinities have no difference"),
        BinaryOp::Multiply => (x.multiply(y), "zero times infinity is no number"),
        BinaryOp::Divide => (x.divide(y), "zero by zero, or infinity by infinity, is no number"),
        _ => (x.modulo(y), "infinity leaves no remainder"),
    };
    result.map(Value::number).ok_or_else(|| (message.to_owned(), "check that no operand is zero"))
}
