//! `variable "x" { … }`

use super::body::{Block, Expression};
use super::condition::{self, Condition};
use super::constraint::Constraint;
use super::{constant, read};
use crate::value::Str;
use crate::{Type, Value};
use syntax::{Report, Span};

/// A declared variable.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the switches that a variable block has")]
pub(crate) struct Variable {
    pub(crate) header: Span,
    pub(crate) constraint: Constraint,
    /// Text from the command line or the environment is the value itself, not an expression.
    pub(crate) literal: bool,
    /// Converted already.
    pub(crate) default: Option<Value>,
    pub(crate) description: Option<Str>,
    pub(crate) sensitive: bool,
    pub(crate) ephemeral: bool,
    pub(crate) nullable: bool,
    pub(crate) validations: Vec<Condition>,
}

const ATTRIBUTES: &[&str] = &[
    "type",
    "default",
    "description",
    "sensitive",
    "ephemeral",
    "nullable",
    "deprecated",
    "const",
];

/// Names that a module call keeps for itself.
const RESERVED: &[&str] =
    &["count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"];

impl Variable {
    pub(crate) fn read(name: &str, block: &Block, reports: &mut Vec<Report>) -> Self {
        let content = block.body.content(&|kind| (kind == "validation").then_some(0));
        read::only(&content, ATTRIBUTES, &["validation"], "a variable", reports);
        if RESERVED.contains(&name) {
            let text = format!("a variable cannot be called `{name}`");
            let report = Report::error("reserved-name", text).at(block.header, "reserved name");
            reports.push(report.help("module calls use this word themselves; choose another"));
        }
        let get = |name: &str| content.attribute(name).map(|a| &a.value);
        let ty = get("type");
        let constraint = ty.map_or_else(Constraint::any, |t| Constraint::read(t, reports));
        let nullable = read::switch(get("nullable"), reports).unwrap_or(true);
        let default =
            get("default").map(|value| default(name, value, &constraint, nullable, reports));
        let literal = ty.is_none() || constraint.ty.is_primitive();
        Self {
            header: block.header,
            literal,
            default,
            constraint,
            description: read::text(get("description"), reports),
            sensitive: read::switch(get("sensitive"), reports).unwrap_or(false),
            ephemeral: read::switch(get("ephemeral"), reports).unwrap_or(false),
            nullable,
            validations: content
                .blocks("validation")
                .filter_map(|b| condition::read(b, reports))
                .collect(),
        }
    }

    /// The value, its defaults filled in and converted to the declared type.
    pub(crate) fn convert(&self, value: Value) -> Result<Value, String> {
        convert(&self.constraint, value)
    }
}

fn convert(constraint: &Constraint, value: Value) -> Result<Value, String> {
    let value = if value.is_null() { value } else { constraint.defaults.apply(value) };
    value.convert(&constraint.ty).map_err(|why| why.to_string())
}

fn default(
    name: &str,
    value: &Expression,
    constraint: &Constraint,
    nullable: bool,
    reports: &mut Vec<Report>,
) -> Value {
    let (constant, found) = constant::evaluate(value);
    let unusable = |ty: &Type| Value::unknown(ty.clone(), crate::Origin::Error);
    if !found.is_empty() {
        reports.extend(found);
        return unusable(&constraint.ty);
    }
    if constant.is_null() && !nullable {
        let text = format!("the default of `{name}` is null, but the variable is not nullable");
        reports.push(Report::error("variable-default", text).at(value.span(), "null"));
        return unusable(&constraint.ty);
    }
    convert(constraint, constant).unwrap_or_else(|why| {
        let text = format!("the default of `{name}` does not fit its type: {why}");
        let report = Report::error("variable-default", text).at(value.span(), "this default");
        reports.push(report);
        unusable(&constraint.ty)
    })
}
