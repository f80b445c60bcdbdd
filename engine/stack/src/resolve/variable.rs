//! Variables, locals, outputs.

use super::Resolver;
use super::node::ModuleId;
use crate::load::{self, Expression, Input, Variable};
use crate::value::Kind;
use crate::{Blame, Marks, Origin, Str, Type, Value};
use syntax::{Report, Span};

impl Resolver<'_> {
    pub(super) fn variable(&self, module: ModuleId, at: usize, reports: &mut Vec<Report>) -> Value {
        let Some((name, variable)) = self.config(module).and_then(|c| c.variables.get_index(at))
        else {
            return Value::unknown(Type::Dynamic, Origin::Error);
        };
        let value = match self.module(module).and_then(|m| m.parent) {
            None => self.root_variable(name, variable, reports),
            Some(_) => self.module_variable(module, at, name, variable, reports),
        };
        let sensitive = if variable.sensitive { Marks::SENSITIVE } else { Marks::NONE };
        let ephemeral = if variable.ephemeral { Marks::EPHEMERAL } else { Marks::NONE };
        value.with_marks(sensitive.with(ephemeral))
    }

    fn root_variable(&self, name: &Str, variable: &Variable, reports: &mut Vec<Report>) -> Value {
        let Some(input) = self.program.inputs.get(name) else {
            if let Some(default) = &variable.default {
                return default.clone();
            }
            let text = format!("variable `{name}` has no value");
            let report = Report::error("variable-not-set", text)
                .at(variable.header, "no default")
                .help(format!(
                    "set it: `-var {name}=…`, `TF_VAR_{name}`, or a line in `terraform.tfvars`"
                ));
            reports.push(report);
            let ty = variable.constraint.ty.without_optional();
            return Value::unknown(ty, Origin::Variable(name.clone()));
        };
        let (value, span) = match input {
            Input::Text(text) => (Value::string(text.clone()), None),
            Input::Expression(value) => {
                (constant(value, reports).without_places(), Some(value.span()))
            }
            Input::File(value) => (constant(value, reports), Some(value.span())),
        };
        fit(name, variable, value, span.unwrap_or(variable.header), reports)
    }

    fn module_variable(
        &self,
        module: ModuleId,
        at: usize,
        name: &Str,
        variable: &Variable,
        reports: &mut Vec<Report>,
    ) -> Value {
        let header = self.call_of(module).map_or(variable.header, |(_, call)| call.header);
        let Some((parent, argument)) = self.argument(module, at) else {
            if let Some(default) = &variable.default {
                return default.clone();
            }
            let call = self.call_of(module).map_or("", |(name, _)| name.as_str());
            let text = format!("module `{call}` needs the argument `{name}`");
            let report = Report::error("missing-argument", text)
                .at(header, format!("`{name}` is missing"))
                .also(variable.header, "declared here, without a default");
            reports.push(report);
            return Value::unknown(variable.constraint.ty.without_optional(), Origin::Error);
        };
        let around = self.module(module).map(|m| &m.repetition);
        let value = self.evaluate(parent, &argument, around, reports);
        fit(name, variable, value, argument.span(), reports)
    }

    /// The argument of a module call that gives a variable its value, and the module that the argument stands in.
    pub(super) fn argument(&self, module: ModuleId, at: usize) -> Option<(ModuleId, Expression)> {
        let (name, _) = self.config(module)?.variables.get_index(at)?;
        let parent = self.module(module)?.parent?;
        let (_, call) = self.call_of(module)?;
        Some((parent, call.content.attribute(name)?.value.clone()))
    }

    pub(super) fn local(&self, module: ModuleId, at: usize, reports: &mut Vec<Report>) -> Value {
        match self.config(module).and_then(|c| c.locals.get_index(at)) {
            Some((_, local)) => self.evaluate(module, &local.value, None, reports),
            None => Value::unknown(Type::Dynamic, Origin::Error),
        }
    }

    pub(super) fn output(&self, module: ModuleId, at: usize, reports: &mut Vec<Report>) -> Value {
        let Some((name, output)) = self.config(module).and_then(|c| c.outputs.get_index(at)) else {
            return Value::unknown(Type::Dynamic, Origin::Error);
        };
        let Some(expression) = &output.value else {
            return Value::unknown(Type::Dynamic, Origin::Error);
        };
        let value = self.evaluate(module, expression, None, reports);
        let root = self.module(module).is_some_and(|m| m.parent.is_none());
        if root && !output.sensitive && value.deep_marks().has(Marks::SENSITIVE) {
            let text = format!("output `{name}` holds a sensitive value");
            let report = Report::error("sensitive-output", text)
                .at(output.header, "not marked as sensitive")
                .also(expression.span(), "the value")
                .help("add `sensitive = true`, or `nonsensitive(…)` around what is no secret");
            reports.push(report);
        }
        if root && output.ephemeral {
            let text = format!("output `{name}` of the root module cannot be ephemeral");
            reports.push(Report::error("ephemeral-output", text).at(output.header, "root module"));
        } else if !output.ephemeral && value.deep_marks().has(Marks::EPHEMERAL) {
            let text = format!("output `{name}` holds an ephemeral value");
            let report =
                Report::error("ephemeral-output", text).at(expression.span(), "never stored");
            reports.push(report.help("add `ephemeral = true` in a module that others call"));
        }
        // Of a module that others call the value alone decides, as in Terraform.
        let mark = if root && output.sensitive { Marks::SENSITIVE } else { Marks::NONE };
        value.with_marks(mark)
    }
}

fn constant(value: &Expression, reports: &mut Vec<Report>) -> Value {
    let (value, found) = load::constant(value);
    reports.extend(found);
    value
}

/// Brings a value to the variable's type; null takes the default where the variable is not nullable.
fn fit(
    name: &Str,
    variable: &Variable,
    value: Value,
    span: Span,
    reports: &mut Vec<Report>,
) -> Value {
    if value.is_null() && !variable.nullable {
        if let Some(default) = &variable.default {
            return default.clone();
        }
        let text = format!("variable `{name}` is null, which it may not be");
        let report = Report::error("variable-null", text).at(span, "null");
        reports.push(report.also(variable.header, "`nullable = false` here"));
        return Value::unknown(variable.constraint.ty.without_optional(), Origin::Error);
    }
    match variable.convert(value) {
        Ok(value) => value,
        Err(why) => {
            let text = format!("the value of variable `{name}` does not fit its type: {why}");
            let report = Report::error("variable-type", text)
                .at(span, "this value")
                .also(variable.header, format!("declared as `{}`", variable.constraint.ty));
            reports.push(report);
            Value::unknown(variable.constraint.ty.without_optional(), Origin::Error)
        }
    }
}

impl Value {
    /// The same value, decided in no file.
    fn without_places(mut self) -> Self {
        self.blame = Blame::default();
        self.kind = match self.kind {
            Kind::Unknown(_) => self.kind,
            kind => kind.map_parts(Self::without_places),
        };
        self
    }
}
