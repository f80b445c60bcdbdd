//! Expressions to values, as HCL evaluates them.

mod binary;
mod blame;
mod call;
mod collection;
mod conditional;
mod effort;
mod holes;
mod iteration;
mod place;
mod reference;
mod scope;
mod splat;
mod step;
mod template;
mod traversal;
mod unary;

pub use reference::{references, traversal};
pub use scope::{Environment, Resolved, Scope, StaticKey, StaticStep, Traversal};

pub(crate) use blame::origin_of;
pub(crate) use call::Access;
pub(crate) use effort::{Effort, MOST_PARTS, Total};
pub(crate) use template::safe_prefix;

use crate::value::{Blame, Number, Origin, Str, Type, Value};
use syntax::{Expr, ExprId, Level, Report, Span, Tree};

/// Evaluates an expression. Total: where it is wrong the value is unknown with [`Origin::Error`] and a report says why.
pub fn evaluate(tree: &Tree, expr: ExprId, scope: &dyn Scope) -> (Value, Vec<Report>) {
    evaluate_with(tree, expr, scope, Access::All)
}

/// Evaluates with some functions out of reach, as inside a template that a function renders.
pub(crate) fn evaluate_with(
    tree: &Tree,
    expr: ExprId,
    scope: &dyn Scope,
    access: Access,
) -> (Value, Vec<Report>) {
    let own = Effort::default();
    let Environment { effort: around, total, .. } = scope.environment();
    let mut evaluator = Evaluator {
        tree,
        scope,
        access,
        effort: around.unwrap_or(&own),
        exhausted: false,
        reports: Vec::new(),
        wrong: Vec::new(),
        locals: Vec::new(),
        items: Vec::new(),
        depth: 0,
    };
    let mut value = evaluator.eval(expr);
    if !evaluator.effort.is_left() {
        value = evaluator.exhaust(expr);
    }
    if depth_of(&value, DEEPEST).is_none() {
        let span = tree.span(expr);
        let message = format!("this value nests more than {DEEPEST} levels deep");
        evaluator.report("too-deep", span, message, "too deep", "flatten the structure");
        value = hole();
    }
    if let Some(total) = total {
        // Nothing, where what is around it has spent it.
        total.add(&own);
    }
    let mut reports = evaluator.wrong;
    if !evaluator.exhausted {
        reports.append(&mut evaluator.reports);
    }
    dedup(&mut reports);
    (value, reports)
}

/// The deepest value that one expression may give. Everything that walks values may count on it.
const DEEPEST: u32 = 600;

/// Levels of expressions after which evaluation goes on in a thread of its own, so that no stack is ever full.
const LEVELS_A_STACK: u32 = 40;

/// The stack of such a thread: forty levels need a tenth of it, unoptimised.
const STACK: usize = 4 << 20;

/// One evaluation: a tree, a scope, and the names that `for` brings.
struct Evaluator<'a> {
    tree: &'a Tree,
    scope: &'a dyn Scope,
    access: Access,
    effort: &'a Effort,
    /// Nothing is left to spend, and a report says so.
    exhausted: bool,
    reports: Vec<Report>,
    /// References that are wrong whatever the values are: nothing hides these.
    wrong: Vec<Report>,
    locals: Vec<(Str, Value)>,
    items: Vec<Value>,
    depth: u32,
}

/// The value of what is wrong: unknown, of any type, and already reported.
fn hole() -> Value {
    Value::unknown(Type::Dynamic, Origin::Error)
}

impl Evaluator<'_> {
    fn eval(&mut self, expr: ExprId) -> Value {
        if !self.effort.evaluate() {
            return self.exhaust(expr);
        }
        self.depth += 1;
        let value = if self.depth.is_multiple_of(LEVELS_A_STACK) {
            self.eval_on_new_stack(expr)
        } else {
            self.eval_here(expr)
        };
        self.depth -= 1;
        self.weigh(expr, value)
    }

    /// Bounds what is made: values that are only passed on were bounded where they were made.
    fn weigh(&mut self, expr: ExprId, value: Value) -> Value {
        if !matches!(
            self.tree.expr(expr),
            Expr::Tuple(_)
                | Expr::Object(_)
                | Expr::For(_)
                | Expr::Splat { .. }
                | Expr::Call { .. }
        ) {
            return value;
        }
        if self.effort.walk(&value) <= MOST_PARTS {
            return value;
        }
        let message = format!("this value has more than {MOST_PARTS} parts");
        let report = Report::error("too-large", message).at(self.tree.span(expr), "too large");
        self.give_up(report.help("keep less of it"))
    }

    /// The value of what is not evaluated any more. No condition and no `try` goes on after this.
    #[cold]
    fn exhaust(&mut self, expr: ExprId) -> Value {
        let message = "this expression takes too many steps, or makes too much text";
        let report =
            Report::error("too-much-work", message).at(self.tree.span(expr), "given up here");
        self.give_up(
            report.help("loops within loops multiply: walk less, or keep the texts shorter"),
        )
    }

    /// Ends the evaluation of the whole expression. What else is wrong follows from it.
    fn give_up(&mut self, report: Report) -> Value {
        self.effort.end();
        if !self.exhausted {
            self.exhausted = true;
            self.wrong.push(report);
        }
        hole()
    }

    fn eval_on_new_stack(&mut self, expr: ExprId) -> Value {
        let span = self.tree.span(expr);
        let run = std::thread::scope(|threads| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let thread = thread.spawn_scoped(threads, || self.eval_here(expr)).ok()?;
            thread.join().ok()
        });
        run.unwrap_or_else(|| {
            self.fail(
                "too-deep",
                span,
                "this expression nests too deep for the memory at hand",
                "here",
                "split it with local values",
            )
        })
    }

    fn eval_here(&mut self, expr: ExprId) -> Value {
        let tree = self.tree;
        let span = tree.span(expr);
        let literal = |value: Value| value.with_blame(Blame::at(span));
        match tree.expr(expr) {
            Expr::Null => literal(Value::null(Type::Dynamic)),
            Expr::Bool(b) => literal(Value::bool(b)),
            Expr::Number => match tree.expr_text(expr).parse::<Number>() {
                Ok(number) => literal(Value::number(number)),
                Err(_) => self.fail(
                    "invalid-number",
                    span,
                    "this number cannot be read",
                    "not a number, or too many digits",
                    "write it with fewer digits",
                ),
            },
            Expr::Template(parts) => self.template(expr, parts),
            Expr::Name(_) | Expr::Attr { .. } | Expr::Index { .. } => self.traversal(expr),
            Expr::Splat { on, body, .. } => self.splat(expr, on, body),
            Expr::SplatItem => self.items.last().cloned().unwrap_or_else(hole),
            Expr::Call { name, args, expand } => self.call(expr, name, args, expand),
            Expr::Tuple(list) => self.tuple(expr, list),
            Expr::Object(list) => self.object(expr, list),
            Expr::For(id) => self.iteration(expr, id),
            Expr::Unary(op, on) => self.unary(expr, op, on),
            Expr::Binary(..) => self.binary(expr),
            Expr::Conditional { test, then, otherwise } => self.conditional(test, then, otherwise),
            Expr::Parens(inner) => self.eval(inner),
            Expr::Missing => hole(),
        }
    }

    /// Reports an error.
    fn report(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.effort.report();
        self.reports.push(Report::error(code, message).at(span, label).help(help));
    }

    /// Reports an error and gives the value of what is wrong.
    fn fail(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Value {
        self.report(code, span, message, label, help);
        hole()
    }

    /// Evaluates; the reports come apart, so that the caller can drop them.
    fn eval_apart(&mut self, expr: ExprId) -> (Value, Vec<Report>) {
        let mark = self.reports.len();
        let value = self.eval(expr);
        (value, self.reports.split_off(mark))
    }

    /// Something went wrong since `mark`.
    fn failed_since(&self, mark: usize) -> bool {
        has_error(self.reports.get(mark..).unwrap_or_default())
    }
}

fn has_error(reports: &[Report]) -> bool {
    reports.iter().any(|r| r.level == Level::Error)
}

/// A loop makes the same mistake once an element; once is enough.
fn dedup(reports: &mut Vec<Report>) {
    let mut seen: Vec<Report> = Vec::with_capacity(reports.len().min(8));
    for report in reports.drain(..) {
        if !seen.contains(&report) && seen.len() < MOST_REPORTS {
            seen.push(report);
        }
    }
    *reports = seen;
}

/// The most errors of one expression that are worth reading.
const MOST_REPORTS: usize = 20;

/// How deep a value nests, up to `limit`.
fn depth_of(value: &Value, limit: u32) -> Option<u32> {
    let left = limit.checked_sub(1)?;
    value.children().try_fold(0, |deepest, child| Some(depth_of(child, left)?.max(deepest + 1)))
}
