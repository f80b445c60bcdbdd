//! Calling functions.

use super::blame::{computed, origin_of};
use super::place::{call_end, call_head, call_name, head};
use super::{Environment, Evaluator, has_error, hole};
use crate::functions::{self, Function, Outcome, Parameter, Run, Trouble};
use crate::value::{Blame, Kind, Marks, Origin, Type, Unknown, Value};
use std::sync::Arc;
use syntax::{Expr, ExprId, List, Part, Report, Span, Symbol};

/// Which functions may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// All of them.
    All,
    /// Those of a template file: no template within the template.
    NoTemplates,
    /// Those of a template string: no templates, and no files.
    NoFiles,
}

/// An argument, evaluated: its value and where it stands. Expanded ones share a place.
struct Argument {
    value: Value,
    head: Span,
}

impl Evaluator<'_> {
    pub(super) fn call(&mut self, expr: ExprId, name: Symbol, args: List, expand: bool) -> Value {
        let tree = self.tree;
        let name = tree.name(name);
        let args = tree.list(args);
        let Some(function) = functions::find(name) else { return self.no_function(expr, name) };
        let blame = Blame::at(tree.span(expr));
        match function.run {
            Run::Try => self.try_first(expr, args).with_missing_blame(&blame),
            Run::Can => match args {
                [only] => self.can(*only).with_blame(blame),
                _ => self.wrong_number(expr, function, args.len(), args.get(1).copied()),
            },
            Run::TemplateString => match args {
                [template, variables] => {
                    self.template_string(expr, function, *template, *variables)
                }
                _ => self.wrong_number(expr, function, args.len(), args.get(2).copied()),
            },
            Run::Values(_) => match self.arguments(expr, function, args, expand) {
                Ok(arguments) => self.invoke(expr, function, &arguments),
                Err(value) => value.with_blame(blame),
            },
        }
    }

    fn no_function(&mut self, expr: ExprId, name: &str) -> Value {
        let span = call_name(self.tree, expr);
        let help = match schema::closest(name, functions::names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if name.starts_with("provider::") => {
                "functions of this provider are not built in".into()
            }
            None => "see Terraform's list of built-in functions".to_owned(),
        };
        let message = format!("there is no function `{name}`");
        self.fail("unknown-function", span, message, "unknown function", help)
    }

    fn wrong_number(
        &mut self,
        expr: ExprId,
        function: &Function,
        given: usize,
        extra: Option<ExprId>,
    ) -> Value {
        let tree = self.tree;
        let wanted = function.parameters.len();
        let least = if function.rest.is_some() { "at least " } else { "" };
        let plural = if wanted == 1 { "" } else { "s" };
        let message =
            format!("`{}` takes {least}{wanted} argument{plural}, not {given}", function.name);
        match (extra, function.parameters.get(given)) {
            (Some(extra), _) => {
                let span = head(tree, extra);
                self.fail("too-many-arguments", span, message, "one too many", "leave it out")
            }
            (None, missing) => {
                let help = missing.map_or_else(String::new, |p| format!("add `{}`", p.name));
                let span = call_end(tree, expr);
                self.fail("missing-argument", span, message, "an argument is missing", help)
            }
        }
    }

    /// Evaluates the arguments and converts them. `Err` holds the call's result where it cannot be made.
    fn arguments(
        &mut self,
        expr: ExprId,
        function: &Function,
        args: &[ExprId],
        expand: bool,
    ) -> Result<Vec<Argument>, Value> {
        let tree = self.tree;
        let (fixed, last) = match args.split_last() {
            Some((last, fixed)) if expand => (fixed, Some(*last)),
            _ => (args, None),
        };
        let expanded = match last {
            Some(last) => self.expanded(last)?,
            None => Vec::new(),
        };
        let given = fixed.len() + expanded.len();
        let wanted = function.parameters.len();
        if given < wanted {
            return Err(self.wrong_number(expr, function, given, None));
        }
        if given > wanted && function.rest.is_none() {
            let extra = args.get(wanted).or(args.last()).copied();
            return Err(self.wrong_number(expr, function, given, extra));
        }
        let mark = self.reports.len();
        let mut arguments = Vec::with_capacity(given);
        for (at, arg) in fixed.iter().enumerate() {
            let value = self.eval(*arg);
            let argument = Argument { value, head: head(tree, *arg) };
            arguments.push(self.converted(argument, function.parameter(at)));
        }
        let last_head = last.map_or_else(Span::default, |last| tree.span(last));
        for (at, value) in (fixed.len()..).zip(expanded) {
            let argument = Argument { value, head: last_head };
            arguments.push(self.converted(argument, function.parameter(at)));
        }
        if self.failed_since(mark) { Err(hole()) } else { Ok(arguments) }
    }

    fn converted(&mut self, argument: Argument, parameter: Option<&Parameter>) -> Argument {
        let Some(parameter) = parameter else { return argument };
        match argument.value.convert(&parameter.want.ty()) {
            Ok(value) => Argument { value, ..argument },
            Err(e) => {
                let message = format!("the argument `{}` does not fit: {e}", parameter.name);
                let help = format!("a {} is needed here", parameter.want.ty().friendly());
                self.report("invalid-argument", argument.head, message, "this argument", help);
                argument
            }
        }
    }

    /// The values of `list...`.
    fn expanded(&mut self, list: ExprId) -> Result<Vec<Value>, Value> {
        let span = self.tree.span(list);
        let mark = self.reports.len();
        let value = self.eval(list);
        if self.failed_since(mark) {
            return Err(hole());
        }
        let ty = value.outer_type();
        if !matches!(ty, Type::Dynamic | Type::Tuple(_) | Type::List(_) | Type::Set(_)) {
            let message = format!("a {} cannot be spread over arguments", ty.friendly());
            let help = "only a list, set or tuple can";
            return Err(self.fail("invalid-expansion", span, message, "not a list", help));
        }
        if value.is_null() {
            let help = "give it a value, or use `coalesce(…, [])`";
            return Err(self.fail(
                "invalid-expansion",
                span,
                "a null list cannot be spread",
                "null",
                help,
            ));
        }
        if value.is_unknown() {
            return Err(Value::unknown(Type::Dynamic, origin_of([&value])));
        }
        let (value, marks) = value.unmark();
        let walked = super::iteration::walk(&value, marks);
        let items = walked.map(|w| w.items).unwrap_or_default();
        Ok(items.into_iter().map(|(_, value)| value.with_marks(marks)).collect())
    }

    fn invoke(&mut self, expr: ExprId, function: &Function, arguments: &[Argument]) -> Value {
        let values: Vec<Value> = arguments.iter().map(|a| a.value.clone()).collect();
        let forbidden = match self.access {
            Access::All => None,
            _ if functions::renders(function) => Some("a template cannot render another one"),
            Access::NoFiles if functions::reads_files(function) => {
                Some("a template string cannot read files")
            }
            _ => None,
        };
        let outcome = if let Some(why) = forbidden {
            Err(Trouble::new(why))
        } else {
            for value in &values {
                self.effort.walk(value);
            }
            functions::call(function, &values, self.environment())
        };
        if !self.effort.is_left() {
            return self.exhaust(expr);
        }
        let heads: Vec<Span> = arguments.iter().map(|a| a.head).collect();
        self.finish(expr, function, outcome, &values, &heads)
    }

    /// What a function sees, and what is left to spend.
    fn environment(&self) -> Environment<'_> {
        Environment { effort: Some(self.effort), ..self.scope.environment() }
    }

    /// Turns a call's outcome into a value or a report.
    fn finish(
        &mut self,
        expr: ExprId,
        function: &Function,
        outcome: Outcome,
        arguments: &[Value],
        heads: &[Span],
    ) -> Value {
        let tree = self.tree;
        let trouble = match outcome {
            Ok(value) => {
                let blame = computed(tree.span(expr), arguments);
                return with_origin(value, arguments).with_missing_blame(&blame);
            }
            Err(trouble) => trouble,
        };
        let sensitive = arguments.iter().any(|v| v.deep_marks().has(Marks::SENSITIVE));
        let reason = if sensitive {
            "the reason is not shown, since it involves a sensitive value"
        } else {
            trouble.message.as_str()
        };
        let parameter = trouble.argument.and_then(|at| Some((at, function.parameter(at)?)));
        if let Some((at, parameter)) = parameter {
            let span = heads.get(at).copied().unwrap_or_else(|| tree.span(expr));
            let message = format!("`{}`: invalid `{}`: {reason}", function.name, parameter.name);
            let help = "pass a value that fits";
            return self.fail("invalid-argument", span, message, "this argument", help);
        }
        let message = format!("`{}` fails: {reason}", function.name);
        let help = "check the arguments, or wrap it in `try`";
        self.fail("call-failed", call_head(tree, expr), message, "this call", help)
    }

    fn try_first(&mut self, expr: ExprId, args: &[ExprId]) -> Value {
        let mut failures: Vec<Report> = Vec::new();
        for arg in args {
            let (value, reports) = self.eval_apart(*arg);
            if has_error(&reports) {
                failures.extend(reports);
                continue;
            }
            if value.is_wholly_known() {
                return value;
            }
            // What is unknown may fail once it is known: even the type is open.
            return Value::unknown(Type::Dynamic, origin_of([&value])).with_blame(value.blame);
        }
        let span = call_head(self.tree, expr);
        let mut report = Report::error("try-failed", "none of the expressions can be evaluated")
            .at(span, "all of them fail")
            .help("make the last one a value that always works, such as `null`");
        for failure in failures {
            if let Some(at) = failure.at {
                report = report.also(at.span, failure.message);
            }
        }
        self.reports.push(report);
        hole()
    }

    fn can(&mut self, arg: ExprId) -> Value {
        let (value, reports) = self.eval_apart(arg);
        if has_error(&reports) {
            Value::bool(false)
        } else if value.is_wholly_known() {
            Value::bool(true)
        } else {
            Value::unknown(Type::Bool, origin_of([&value]))
        }
    }

    fn template_string(
        &mut self,
        expr: ExprId,
        function: &Function,
        template: ExprId,
        variables: ExprId,
    ) -> Value {
        let tree = self.tree;
        let heads = [head(tree, template), head(tree, variables)];
        let mark = self.reports.len();
        let variables = self.eval(variables);
        if self.failed_since(mark) {
            return hole();
        }
        if let Some(why) = self.not_a_reference(template) {
            return self.finish(expr, function, Err(Trouble::argument(0, why)), &[], &heads);
        }
        let (source, reports) = self.eval_apart(template);
        if has_error(&reports) {
            let why = reports.first().map_or_else(String::new, |r| r.message.clone());
            return self.finish(expr, function, Err(Trouble::argument(0, why)), &[], &heads);
        }
        let values = [source, variables];
        let outcome = if self.access == Access::All {
            functions::render_string(&values, self.environment())
        } else {
            Err(Trouble::new("a template cannot render another one"))
        };
        self.finish(expr, function, outcome, &values, &heads)
    }

    /// Why an expression is not the kind of reference that `templatestring` wants.
    fn not_a_reference(&self, template: ExprId) -> Option<&'static str> {
        let mut expr = template;
        loop {
            match self.tree.expr(expr) {
                Expr::Name(_) => return None,
                Expr::Attr { on, .. } | Expr::Index { on, .. } | Expr::Splat { on, .. } => {
                    expr = on;
                }
                Expr::Template(parts) => {
                    return Some(match self.tree.parts(parts) {
                        [Part::Interpolation(_)] => {
                            "write the reference itself, without `${` and `}`"
                        }
                        _ => "a literal template needs no `templatestring`: write it as a string",
                    });
                }
                _ => return Some("it must be a reference to a string that holds the template"),
            }
        }
    }
}

/// Fills in who decides a result that a function left unknown.
fn with_origin(value: Value, arguments: &[Value]) -> Value {
    match &value.kind {
        Kind::Unknown(unknown) if matches!(unknown.origin, Origin::Error) => {
            let unknown = Unknown { origin: origin_of(arguments), ..(**unknown).clone() };
            Value { kind: Kind::Unknown(Arc::new(unknown)), ..value }
        }
        _ => value,
    }
}
