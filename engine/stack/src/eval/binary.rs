//! `a + b`, `a == b`, `a && b` …

use super::blame::{computed, origin_of};
use super::{Evaluator, has_error, hole};
use crate::value::{Kind, Marks, Number, Origin, Refinement, Type, Value};
use syntax::{BinaryOp, Expr, ExprId, Report, Span};

/// An operand with what was wrong about it.
struct Operand {
    value: Value,
    reports: Vec<Report>,
    span: Span,
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
        let (value, reports) = self.eval_apart(first);
        let mut left = Operand { value, reports, span: tree.span(first) };
        for (whole, op, right) in chain.into_iter().rev() {
            let (value, reports) = self.eval_apart(right);
            let right = Operand { value, reports, span: tree.span(right) };
            let span = tree.span(whole);
            let blame = computed(span, [&left.value, &right.value]);
            let (value, reports) = operate(op, left, right, span);
            left = Operand { value: value.with_blame(blame), reports, span };
        }
        self.reports.extend(left.reports);
        left.value
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

fn operate(op: BinaryOp, left: Operand, right: Operand, span: Span) -> (Value, Vec<Report>) {
    let wanted = operand_type(op);
    let mut wrong = Vec::new();
    let mut converted = |operand: &Operand, side: &str| {
        operand.value.convert(&wanted).unwrap_or_else(|e| {
            let report =
                Report::error("invalid-operand", format!("the {side} operand does not fit: {e}"))
                    .at(operand.span, "this operand")
                    .help(format!("a {} is needed here", wanted.friendly()));
            wrong.push(report);
            hole()
        })
    };
    let (a, b) = (converted(&left, "left"), converted(&right, "right"));
    let error = Value::unknown(result_type(op), Origin::Error);
    if !wrong.is_empty() {
        wrong.extend(left.reports.into_iter().chain(right.reports));
        return (error, wrong);
    }
    let (a, left_marks) = a.unmark();
    let (b, right_marks) = b.unmark();
    let marks = left_marks.with(right_marks);
    if let Some((value, side)) = short_circuit(op, &a, &b, &left.reports) {
        let reports = match side {
            Side::Left => left.reports,
            Side::Right => right.reports,
        };
        return (value.with_marks(marks), reports);
    }
    let mut reports = left.reports;
    reports.extend(right.reports);
    if has_error(&reports) {
        return (error.with_marks(marks), reports);
    }
    match apply(op, &a, &b) {
        Ok(value) => (value.with_marks(marks), reports),
        Err((message, help)) => {
            reports.push(Report::error("operation-failed", message).at(span, "here").help(help));
            (error, reports)
        }
    }
}

/// Whose reports count once the result is certain.
enum Side {
    Left,
    Right,
}

/// `&&` and `||` are certain as soon as one side decides; what is wrong with the other side does not matter then. A null counts
/// as false here, as in Terraform.
fn short_circuit(op: BinaryOp, a: &Value, b: &Value, left: &[Report]) -> Option<(Value, Side)> {
    let decisive = match op {
        BinaryOp::Or => true,
        BinaryOp::And => false,
        _ => return None,
    };
    let open = || Value::unknown_not_null(Type::Bool, origin_of([a, b]));
    let is = |v: &Value, b: bool| !v.is_unknown() && (v.as_bool() == Some(true)) == b;
    match (a.is_unknown(), b.is_unknown()) {
        (true, true) => (!has_error(left)).then(|| (open(), Side::Left)),
        _ if is(a, decisive) => Some((Value::bool(decisive), Side::Left)),
        _ if is(b, decisive) => Some((Value::bool(decisive), Side::Right)),
        (true, false) => Some((open(), Side::Left)),
        (false, true) => Some((open(), Side::Right)),
        (false, false) => None,
    }
}

type Applied = Result<Value, (String, &'static str)>;

fn apply(op: BinaryOp, a: &Value, b: &Value) -> Applied {
    let marks = a.deep_marks().with(b.deep_marks());
    let bool = |known: Option<bool>| {
        known.map_or_else(|| Value::unknown_not_null(Type::Bool, origin_of([a, b])), Value::bool)
    };
    match op {
        BinaryOp::Equal => return Ok(bool(a.equals(b)).with_marks(marks)),
        BinaryOp::NotEqual => return Ok(bool(a.equals(b).map(|e| !e)).with_marks(marks)),
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
    let result = result.map(|n| Value::number(n).with_marks(Marks::NONE));
    result.ok_or_else(|| (message.to_owned(), "check that no operand is zero"))
}
