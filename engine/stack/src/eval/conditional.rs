//! `test ? then : otherwise`

use super::Evaluator;
use super::blame::origin_of;
use crate::value::{Kind, Marks, Origin, Type, Value, unify};
use std::sync::Arc;
use syntax::{ExprId, Report, Span};

/// What both branches are brought to.
struct Common {
    ty: Type,
    /// A branch of a type that is not known yet: nothing can be said of the result before it is.
    undecided: bool,
}

impl Evaluator<'_> {
    pub(super) fn conditional(&mut self, test: ExprId, then: ExprId, otherwise: ExprId) -> Value {
        let tree = self.tree;
        let (spans, test_span) = ((tree.span(then), tree.span(otherwise)), tree.span(test));
        let then = self.eval_apart(then);
        let otherwise = self.eval_apart(otherwise);
        self.choose((test, test_span), spans, then, otherwise)
    }

    /// Decides between two evaluated branches, of which each has its reports: those of the branch not taken do not count.
    pub(super) fn choose(
        &mut self,
        (test, test_span): (ExprId, Span),
        (then_span, otherwise_span): (Span, Span),
        (then, then_reports): (Value, Vec<Report>),
        (otherwise, otherwise_reports): (Value, Vec<Report>),
    ) -> Value {
        let Some(common) = common(&then, &otherwise) else {
            let message = format!(
                "the two results of this condition have different types: {} and {}",
                then.ty().friendly(),
                otherwise.ty().friendly()
            );
            let help = "make both of one type, for instance with `tostring` or `tolist`";
            let span = then_span.to(otherwise_span);
            return self.fail("inconsistent-types", span, message, "these two", help);
        };
        let mark = self.reports.len();
        let condition = self.eval(test);
        let marks = condition.marks.with(then.marks).with(otherwise.marks);
        if condition.is_null() {
            let help = "a condition is either true or false";
            self.report("null-condition", test_span, "this condition is null", "null", help);
            return Value::unknown(common.ty, Origin::Error);
        }
        if condition.is_unknown() {
            if self.failed_since(mark) {
                return Value::unknown(common.ty, Origin::Error).with_marks(marks);
            }
            let decided = (test_span, origin_of([&condition]));
            return undecided(decided, &common, (then, otherwise), marks);
        }
        let Some(holds) = condition.convert(&Type::Bool).ok().and_then(|c| c.as_bool()) else {
            let message = format!("a condition must be a bool, not {}", condition.ty().friendly());
            let help = "compare it with something, or convert it with `tobool`";
            self.report("invalid-condition", test_span, message, "not a bool", help);
            return Value::unknown(common.ty, Origin::Error);
        };
        let (value, reports, span) = if holds {
            (then, then_reports, then_span)
        } else {
            (otherwise, otherwise_reports, otherwise_span)
        };
        self.reports.extend(reports);
        if common.undecided {
            return Value::unknown(Type::Dynamic, origin_of([&value])).with_marks(marks);
        }
        match value.convert(&common.ty) {
            Ok(value) => value.with_marks(marks),
            Err(e) => {
                let message = format!("this result does not fit the other one: {e}");
                let help = "make both results of one type";
                self.report("inconsistent-types", span, message, "this result", help);
                Value::unknown(common.ty, Origin::Error).with_marks(marks)
            }
        }
    }
}

/// The type of the result. A plain `null` takes on the other's type; a branch of any type leaves it open.
fn common(then: &Value, otherwise: &Value) -> Option<Common> {
    let plain_null = |v: &Value| matches!(v.kind, Kind::Null(Type::Dynamic)) && v.marks.is_empty();
    let (a, b) = (then.ty(), otherwise.ty());
    let known = |ty| Some(Common { ty, undecided: false });
    if plain_null(then) {
        known(b)
    } else if plain_null(otherwise) {
        known(a)
    } else if a == Type::Dynamic || b == Type::Dynamic {
        known(Type::Dynamic)
    } else {
        let found = unify([&a, &b].into_iter(), true)?;
        Some(Common { ty: found.ty, undecided: found.undecided })
    }
}

/// The result while the condition is unknown: both branches stay at hand, and what is certain of both is certain.
fn undecided(
    (test, decider): (Span, Origin),
    common: &Common,
    (then, otherwise): (Value, Value),
    marks: Marks,
) -> Value {
    let ty = &common.ty;
    if then.is_null() && otherwise.is_null() {
        return Value::null(ty.clone()).with_marks(marks);
    }
    let (a, b) = (then.range(), otherwise.range());
    let both = a.either(&b);
    let (then_ty, otherwise_ty) = (then.ty(), otherwise.ty());
    let numbers = then_ty == Type::Number && otherwise_ty == Type::Number;
    let collections = then_ty.is_collection() && then_ty == otherwise_ty;
    let refinement = if numbers || collections {
        both
    } else {
        crate::value::Refinement { not_null: both.not_null, ..Default::default() }
    };
    let branch = |value: Value| Arc::new(value.convert(ty).unwrap_or(value));
    let origin = Origin::Conditional {
        test,
        decider: Arc::new(decider),
        then: branch(then),
        otherwise: branch(otherwise),
    };
    Value::refined(ty.clone(), origin, refinement).with_marks(marks)
}
