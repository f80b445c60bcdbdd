//! `list[*].name` and `list.*.name`

use super::blame::origin_of;
use super::iteration::walk;
use super::{Evaluator, hole};
use crate::value::{Blame, Kind, Marks, Origin, Refinement, Step, Type, Value, same_type};
use syntax::ExprId;

impl Evaluator<'_> {
    pub(super) fn splat(&mut self, expr: ExprId, on: ExprId, body: ExprId) -> Value {
        let tree = self.tree;
        let at = Blame::at(tree.span(expr));
        let mark = self.reports.len();
        let source = self.eval(on);
        if self.failed_since(mark) {
            return hole();
        }
        let ty = source.outer_type();
        let sequence = matches!(ty, Type::Tuple(_) | Type::List(_) | Type::Set(_));
        if source.is_null() {
            if !sequence {
                return Value::tuple([]).with_marks(source.marks).with_blame(at);
            }
            let help = "give it a value, or use `try` or `coalesce(…, [])`";
            return self.fail(
                "splat-of-null",
                tree.span(on),
                "a null list cannot be walked",
                "null",
                help,
            );
        }
        if ty == Type::Dynamic {
            let value = Value::unknown(Type::Dynamic, origin_of([&source]));
            return value.with_marks(source.marks).with_blame(at);
        }
        if !sequence {
            return self.splat_of_one(body, source).with_blame(at);
        }
        let (source, marks) = source.unmark();
        match walk(&source, marks) {
            Some(walked) => {
                let elements = walked.items.into_iter().map(|(_, value)| value).collect();
                self.splat_known(body, elements, &ty, marks).with_blame(at)
            }
            None => self.splat_unknown(body, &source, &ty, marks).with_blame(at),
        }
    }

    /// Anything but a sequence counts as a sequence of one, or of none where it is null: of an unknown that may be null, the
    /// length of the result is unknown.
    fn splat_of_one(&mut self, body: ExprId, source: Value) -> Value {
        let marks = source.marks;
        let may_be_null = !source.is_not_null();
        let origin = origin_of([&source]);
        let ty = Type::tuple([source.ty()]);
        let result = self.splat_known(body, vec![source], &ty, marks);
        if may_be_null { Value::unknown(Type::Dynamic, origin).with_marks(marks) } else { result }
    }

    fn splat_known(
        &mut self,
        body: ExprId,
        elements: Vec<Value>,
        ty: &Type,
        marks: Marks,
    ) -> Value {
        let mark = self.reports.len();
        let results: Vec<Value> =
            elements.into_iter().map(|element| self.splat_item(body, element)).collect();
        if self.failed_since(mark) {
            return Value::unknown(Type::Dynamic, Origin::Error).with_marks(marks);
        }
        let result = match ty {
            Type::List(of) | Type::Set(of) if results.is_empty() => {
                let unknown = Value::unknown((**of).clone(), Origin::Error);
                let element = self.splat_item(body, unknown).ty();
                Value::list(element, [])
            }
            Type::List(_) | Type::Set(_) => {
                let Some((of, elements)) = same_type(results) else {
                    let span = self.tree.span(body);
                    let message = "the elements of this result have different types";
                    let help = "use a `for` expression, whose elements may differ";
                    return self.fail("inconsistent-types", span, message, "these differ", help);
                };
                Value::new(Kind::List(of, elements.into()))
            }
            _ => Value::tuple(results),
        };
        result.with_marks(marks)
    }

    fn splat_unknown(&mut self, body: ExprId, source: &Value, ty: &Type, marks: Marks) -> Value {
        let Some(unknown) = source.as_unknown() else { return hole() };
        let mut element = |of: &Type, step: Step| {
            let element = Value::unknown(of.clone(), unknown.origin.step(&step));
            self.splat_item(body, element)
        };
        let (result, refinement) = match ty {
            Type::List(of) | Type::Set(of) => {
                let is = &unknown.refinement;
                let length = Refinement {
                    min_len: is.min_len,
                    max_len: is.max_len,
                    ..Refinement::not_null()
                };
                let value = element(of, Step::Any);
                (Value::list(value.ty(), [value]), length)
            }
            Type::Tuple(of) => {
                let values = (0..).zip(of.iter()).map(|(i, ty)| element(ty, Step::Index(i)));
                (Value::tuple(values.collect::<Vec<_>>()), Refinement::not_null())
            }
            _ => return hole(),
        };
        let origin = origin_of([&result]);
        let origin = if matches!(origin, Origin::Error) { unknown.origin.clone() } else { origin };
        Value::refined(result.ty(), origin, refinement).with_marks(marks)
    }

    fn splat_item(&mut self, body: ExprId, item: Value) -> Value {
        self.items.push(item);
        let value = self.eval(body);
        self.items.pop();
        value
    }
}
