//! `banana eval`: expressions in, their values out, a line of JSON each.

use serde_json::{Map, Value as Json, json};
use stack::eval::{Environment, Resolved, Scope, Traversal, evaluate, references};
use stack::value::{Kind, Marks, Origin, Type};
use stack::{Host, Value};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::Arc;
use syntax::{ExprId, FileId, Level, Report, Span, Tree};

/// Reads `{"id", "expr", "vars"}` lines and answers each with `{"id", "expect"}` or `{"id", "error"}`, in the same order. Relative
/// paths in file functions start at `root`. `Err` is for the streams; what is wrong with a line is its answer.
pub(crate) fn run(
    input: impl BufRead,
    mut output: impl Write,
    root: &Path,
    host: &dyn Host,
) -> io::Result<()> {
    for line in input.lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(output, "{}", answer(&line, root, host))?;
        }
    }
    output.flush()
}

fn answer(line: &str, root: &Path, host: &dyn Host) -> Json {
    let asked: Json = match serde_json::from_str(line) {
        Ok(asked) => asked,
        Err(e) => return json!({"id": null, "error": {"message": e.to_string(), "range": null}}),
    };
    let id = asked.get("id").cloned().unwrap_or_default();
    let Some(expr) = asked.get("expr").and_then(Json::as_str) else {
        return json!({"id": id, "error": {"message": "`expr` must be a string", "range": null}});
    };
    let empty = Map::new();
    let given = asked.get("vars").and_then(Json::as_object).unwrap_or(&empty);
    match names(given, root, host).and_then(|names| value_of(expr, &names)) {
        Ok(value) => json!({"id": id, "expect": expectation(&value)}),
        Err(report) => {
            let range = report.at.map(|at| range(at.span));
            json!({"id": id, "error": {"message": report.message, "range": range}})
        }
    }
}

/// Bytes of the expression; like Terraform's, a range is never empty.
fn range(span: Span) -> [usize; 2] {
    let start = (span.start as usize).saturating_sub(PREFIX.len());
    let end = (span.end as usize).saturating_sub(PREFIX.len());
    [start, end.max(start + 1)]
}

/// An expression is read as the value of an attribute, where a line's end ends it.
const PREFIX: &str = "value = ";

fn value_of(expr: &str, names: &Names<'_>) -> Result<Value, Box<Report>> {
    let text: Arc<str> = format!("{PREFIX}{expr}\n").into();
    let (tree, reports) = syntax::parse(FileId::default(), &text);
    first_error(reports)?;
    let Some(attribute) = tree.attributes(tree.root()).first() else {
        return Err(Box::new(Report::error("no-expression", "an expression is missing")));
    };
    check_references(&tree, attribute.expr, names)?;
    let (value, reports) = evaluate(&tree, attribute.expr, names);
    first_error(reports)?;
    Ok(value)
}

/// The first error by place.
fn first_error(reports: Vec<Report>) -> Result<(), Box<Report>> {
    let place = |r: &Report| r.at.as_ref().map(|at| (at.span.start, at.span.end));
    match reports.into_iter().filter(|r| r.level == Level::Error).min_by_key(place) {
        Some(report) => Err(Box::new(report)),
        None => Ok(()),
    }
}

/// A name that is not there is wrong even where it is never evaluated.
fn check_references(tree: &Tree, expr: ExprId, names: &Names<'_>) -> Result<(), Box<Report>> {
    references(tree, expr).iter().try_for_each(|to| names.resolve(to).map(|_| ()))
}

/// The shape of the answer, which is that of a plan's outputs: what is unknown is left out of objects and maps and null elsewhere,
/// and `after_unknown` says where it is; a null is of no type.
fn expectation(value: &Value) -> Json {
    let sensitive = value.deep_marks().has(Marks::SENSITIVE);
    if value.is_unknown() {
        return json!({"sensitive": sensitive, "unknown": true});
    }
    if has_infinity(value) {
        return json!({"sensitive": sensitive, "infinity": true});
    }
    let ty = if value.is_null() { Type::Dynamic } else { value.ty() };
    let mut answer = json!({"sensitive": sensitive, "value": known(value), "type": ty.to_json()});
    if !value.is_wholly_known()
        && let Some(answer) = answer.as_object_mut()
    {
        answer.insert("after_unknown".into(), value.unknown_elements_mask());
    }
    answer
}

/// A number that is not whole is written as the double nearest to it: that is what readers of JSON make of it.
fn known(value: &Value) -> Json {
    match &value.kind {
        Kind::Number(n) if !n.is_integer() => json!(n.as_f64()),
        Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => value.elements().map(known).collect(),
        Kind::Map(..) | Kind::Object(_) => value
            .entries()
            .filter(|(_, part)| !part.is_unknown())
            .map(|(name, part)| (name.to_string(), known(part)))
            .collect(),
        _ => value.to_json(),
    }
}

fn has_infinity(value: &Value) -> bool {
    value.as_number().is_some_and(stack::Number::is_infinite) || value.children().any(has_infinity)
}

/// The names an expression may refer to: `var.…` and `local.…` as given.
struct Names<'a> {
    groups: BTreeMap<&'static str, BTreeMap<String, Value>>,
    environment: Environment<'a>,
}

fn names<'a>(
    given: &Map<String, Json>,
    root: &'a Path,
    host: &'a dyn Host,
) -> Result<Names<'a>, Box<Report>> {
    let mut environment = Environment::new(host, root);
    environment.plan_time = Some("2024-01-01T00:00:00Z");
    let mut names = Names { groups: BTreeMap::new(), environment };
    names.add("path", "module", Value::string("."));
    names.add("path", "root", Value::string("."));
    names.add("terraform", "workspace", Value::string("default"));
    let unknown = Names { groups: BTreeMap::new(), environment };
    for (name, entry) in given {
        let value = match entry.get("hcl").and_then(Json::as_str) {
            Some(hcl) => value_of(hcl, &unknown)?,
            None => given_value(entry).map_err(|why| {
                Box::new(Report::error("invalid-variable", format!("`{name}`: {why}")))
            })?,
        };
        match name.split_once('.') {
            Some(("var", name)) => names.add("var", name, value),
            Some(("local", name)) => names.add("local", name, value),
            _ => {}
        }
    }
    Ok(names)
}

/// A variable: `value` converted to `type`.
fn given_value(entry: &Json) -> Result<Value, String> {
    let text = entry.get("type").and_then(Json::as_str).unwrap_or("any");
    let ty: Type = text.parse().map_err(|e| format!("`{text}` is {e}"))?;
    let json = entry.get("value").unwrap_or(&Json::Null);
    let value = Value::from_json(&Type::Dynamic, json).map_err(|e| e.to_string())?;
    let value = value.convert(&ty).map_err(|e| e.to_string())?;
    let sensitive = entry.get("sensitive").and_then(Json::as_bool).unwrap_or(false);
    Ok(if sensitive { value.with_marks(Marks::SENSITIVE) } else { value })
}

impl Names<'_> {
    fn add(&mut self, group: &'static str, name: &str, value: Value) {
        self.groups.entry(group).or_default().insert(name.to_owned(), value);
    }
}

impl Scope for Names<'_> {
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>> {
        let name = to.steps.first().and_then(|step| step.name());
        if let (Some(group), Some(name)) = (self.groups.get(to.root.as_str()), name)
            && let Some(value) = group.get(name.as_str())
        {
            return Ok(Resolved::new(value.clone(), 1));
        }
        if (to.root.as_str(), name.map(stack::Str::as_str)) == ("terraform_data", Some("u")) {
            return Ok(Resolved::new(unknown_resource(), 1));
        }
        let steps = if to.root == "data" || to.root == "module" { 2 } else { 1 };
        let steps = to.steps.get(..steps.min(to.steps.len())).unwrap_or_default();
        let span = steps.last().map_or(to.root_span, |step| to.root_span.to(step.span));
        let message = match name {
            Some(name) => format!("there is no `{}.{name}`", to.root),
            None => format!("`{}` alone refers to nothing", to.root),
        };
        Err(Box::new(Report::error("unknown-name", message).at(span, "not given in `vars`")))
    }

    fn environment(&self) -> Environment<'_> {
        self.environment
    }
}

/// `terraform_data.u`: a resource that was not made yet.
fn unknown_resource() -> Value {
    Value::object([
        ("id", Value::unknown_not_null(Type::String, Origin::Apply("terraform_data.u.id".into()))),
        ("output", Value::unknown(Type::String, Origin::Apply("terraform_data.u.output".into()))),
    ])
}
