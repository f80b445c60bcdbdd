//! `templatefile` and `templatestring`.

use super::filesystem::read_text;
use super::{Call, Function, Outcome, Parameter, Returns, Run, Trouble, Want};
use crate::eval::{Access, Environment, Resolved, Scope, Traversal, evaluate_with, references};
use crate::value::{Blame, Str, Type, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::{Expr, FileId, Level, Report, Sources, Span};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "templatefile",
        &[
            Parameter::new("path", Want::String).marked().unknown(),
            Parameter::new("vars", Want::Any).marked().unknown(),
        ],
        Returns::Always(Want::Any),
        file,
    ),
    Function::new(
        "templatestring",
        &[Parameter::new("template", Want::Any), Parameter::new("vars", Want::Any)],
        Returns::Always(Want::String),
        file,
    )
    .run(Run::TemplateString),
];

fn file(call: &Call<'_>) -> Outcome {
    let path = call.at(0)?;
    let (variables, marks) = call.at(1)?.clone().unmark_deep();
    let marks = marks.with(path.marks);
    if path.is_unknown() || variables.is_unknown() {
        return Ok(call.unknown().with_marks(marks));
    }
    let path = call.str(0)?;
    let text = read_text(path, call.environment)?;
    let result = render(&text, path, &variables, call.environment, Access::NoTemplates)?;
    Ok(result.with_marks(marks))
}

/// `templatestring`, given the string itself and the variables.
pub(crate) fn render_string(values: &[Value; 2], environment: Environment<'_>) -> Outcome {
    let [template, variables] = values;
    let (variables, marks) = variables.clone().unmark_deep();
    let marks = marks.with(template.marks);
    if variables.is_null() {
        return Err(Trouble::argument(1, "it must not be null"));
    }
    if template.is_unknown() || variables.is_unknown() {
        return Ok(Value::unknown_not_null(Type::String, crate::Origin::Error).with_marks(marks));
    }
    let Some(text) = template.as_str() else {
        return Err(Trouble::argument(0, "the template must be a string"));
    };
    let result = render(text, "the template", &variables, environment, Access::NoFiles)?;
    let result = result.convert(&Type::String).map_err(|e| e.to_string())?;
    Ok(result.with_marks(marks))
}

fn render(
    text: &str,
    name: &str,
    variables: &Value,
    environment: Environment<'_>,
    access: Access,
) -> Outcome {
    if !matches!(variables.ty(), Type::Map(_) | Type::Object(_)) {
        return Err(Trouble::argument(1, "the variables must be a map or object"));
    }
    let variables: BTreeMap<Str, Value> =
        variables.entries().map(|(name, value)| (name.clone(), value.clone())).collect();
    if let Some(bad) = variables.keys().find(|name| !is_name(name)) {
        let message = format!("`{bad}` cannot be the name of a variable");
        return Err(Trouble::argument(1, message));
    }
    let text: Arc<str> = text.into();
    let (tree, mut reports) = syntax::parse_template(TEMPLATE, &text);
    let place = |span: Span| {
        let mut sources = Sources::default();
        let file = sources.add(name, Arc::clone(&text));
        let place = sources.place(Span { file, ..span });
        format!("{name}:{}:{}", place.line, place.column)
    };
    let first_error = |reports: &[Report]| {
        let report = reports.iter().find(|r| r.level == Level::Error)?;
        let at = report.at.as_ref().map(|label| label.span).unwrap_or_default();
        Some(Trouble::new(format!("{}: {}", place(at), report.message)))
    };
    if let Some(trouble) = first_error(&reports) {
        return Err(trouble);
    }
    let Some(expr) = tree.attributes(tree.root()).first().map(|a| a.expr) else {
        return Err("the template cannot be read".into());
    };
    if let Some(missing) = references(&tree, expr).iter().find(|r| !variables.contains_key(&r.root))
    {
        let message =
            format!("`{}`, used at {}, is not among them", missing.root, place(missing.span));
        return Err(Trouble::argument(1, message));
    }
    let scope = Variables { variables, environment };
    let (value, found) = evaluate_with(&tree, expr, &scope, access);
    reports.extend(found);
    if let Some(trouble) = first_error(&reports) {
        return Err(trouble);
    }
    if value.is_null() {
        return Err("the result of the template is null".into());
    }
    Ok(foreign(value))
}

/// A template's text is no file of the stack: its spans mean nothing outside.
const TEMPLATE: FileId = FileId(u32::MAX);

/// Takes the places inside the template off a result: the call stands for them.
fn foreign(value: Value) -> Value {
    let kind = value.kind.map_parts(foreign);
    let inside = value.blame.at.is_none_or(|at| at.file == TEMPLATE);
    let blame = if inside { Blame::default() } else { value.blame.outside(TEMPLATE) };
    Value { kind, blame, marks: value.marks }
}

/// A name that a template can use.
fn is_name(text: &str) -> bool {
    let (tree, reports) = syntax::parse_expression(TEMPLATE, &text.into());
    let expr = tree.attributes(tree.root()).first().map(|a| a.expr);
    reports.is_empty()
        && expr.is_some_and(|e| {
            tree.expr_text(e) == text
                && matches!(tree.expr(e), Expr::Name(_) | Expr::Bool(_) | Expr::Null)
        })
}

struct Variables<'a> {
    variables: BTreeMap<Str, Value>,
    environment: Environment<'a>,
}

impl Scope for Variables<'_> {
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>> {
        match self.variables.get(&to.root) {
            Some(value) => Ok(Resolved::new(value.clone(), 0)),
            None => Err(Box::new(
                Report::error("unknown-variable", format!("there is no variable `{}`", to.root))
                    .at(to.span, "not given"),
            )),
        }
    }

    fn environment(&self) -> Environment<'_> {
        self.environment
    }
}
