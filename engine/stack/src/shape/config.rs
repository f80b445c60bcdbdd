//! What the configuration alone says: the schema's shape, null for what is not written.

use super::block::Blocks;
use super::types;
use crate::eval::{self, Scope};
use crate::load::{self, Attribute as Written, Content};
use crate::{Blame, Marks, Origin, Value};
use schema::{Attribute, Body, Nesting};
use std::collections::BTreeSet;
use syntax::{Report, Span};

/// The object that a body of the schema makes of what is written. `place` names the block in messages.
pub(crate) fn config(
    scope: &dyn Scope,
    content: &Content,
    body: &Body,
    place: &str,
    header: Span,
    reports: &mut Vec<Report>,
) -> Value {
    let mut object = Vec::with_capacity(body.attributes.len() + body.blocks.len());
    for attribute in &body.attributes {
        let value = match content.attribute(attribute.name) {
            Some(written) => {
                let blocks = content.blocks.iter().filter(|b| b.makes() == attribute.name);
                for block in blocks.filter(|_| is_blocks(attribute)) {
                    let text =
                        format!("`{}` is written as an argument and as a block", attribute.name);
                    let report =
                        Report::error("unknown-block", text).at(block.header, "as a block");
                    reports.push(report.also(written.name_span, "as an argument"));
                }
                value(scope, attribute, written, place, header, reports)
            }
            None if is_blocks(attribute) && has_blocks(content, attribute.name) => {
                let made = Blocks::of_attribute(attribute);
                let made = made.read(scope, content, place, header, reports);
                // `dynamic` blocks that make none leave the argument unwritten.
                if made.is_empty() { unset(attribute, header) } else { made }
            }
            None => {
                if attribute.required {
                    reports.push(missing(attribute, place, header));
                }
                unset(attribute, header)
            }
        };
        object.push((attribute.name, value));
    }
    for block in &body.blocks {
        let value = match content.attribute(block.name) {
            Some(written) => {
                reports.push(block_as_attribute(block, written, place));
                Value::unknown(types::of_block(block), Origin::Error)
            }
            None => Blocks::of_block(block).read(scope, content, place, header, reports),
        };
        object.push((block.name, value));
    }
    unexpected(content, body, place, reports);
    Value::object(object).with_blame(Blame::at(header))
}

/// An attribute as written, brought to its type.
fn value(
    scope: &dyn Scope,
    attribute: &Attribute,
    written: &Written,
    place: &str,
    header: Span,
    reports: &mut Vec<Report>,
) -> Value {
    let expression = &written.value;
    let (value, found) = eval::evaluate(&expression.tree, expression.id, scope);
    reports.extend(found);
    if !attribute.required && !attribute.optional {
        let text = format!("`{}` of {place} is decided by AWS and cannot be set", attribute.name);
        let report = Report::error("read-only-attribute", text).at(written.name_span, "read only");
        reports.push(report.help("remove this line"));
        return unset(attribute, header);
    }
    if attribute.required && value.is_null() {
        let text = format!("{place} needs the argument `{}`, and it is null", attribute.name);
        reports.push(Report::error("null-argument", text).at(expression.span(), "null"));
    }
    if attribute.deprecated && !value.is_null() {
        let text = format!("`{}` of {place} is deprecated", attribute.name);
        reports.push(
            Report::warning("deprecated-attribute", text).at(written.name_span, "deprecated"),
        );
    }
    if value.deep_marks().has(Marks::EPHEMERAL) && !attribute.write_only {
        let text = format!(
            "`{}` of {place} is stored, and an ephemeral value never may be",
            attribute.name
        );
        reports.push(Report::error("ephemeral-value", text).at(expression.span(), "ephemeral"));
    }
    let ty = types::of(&attribute.ty);
    match value.convert(&ty) {
        Ok(value) if value.is_null() => value.with_blame(Blame::at(expression.span())),
        Ok(value) => value,
        Err(why) => {
            let text = format!("`{}` of {place} has the wrong type: {why}", attribute.name);
            let report = Report::error("wrong-type", text)
                .at(expression.span(), format!("a {} is needed", ty.friendly()));
            reports.push(report);
            Value::unknown(ty, Origin::Error)
        }
    }
}

/// Null, to be blamed on the block that leaves the attribute out.
pub(super) fn unset(attribute: &Attribute, header: Span) -> Value {
    Value::null(types::of(&attribute.ty)).with_blame(Blame::at(header))
}

fn missing(attribute: &Attribute, place: &str, header: Span) -> Report {
    let text = format!("{place} needs the argument `{}`", attribute.name);
    Report::error("missing-argument", text).at(header, format!("`{}` is missing", attribute.name))
}

/// Attributes that may be written as blocks, as the provider's oldest types allow: a list or set of objects.
fn is_blocks(attribute: &Attribute) -> bool {
    let (schema::Type::List(element) | schema::Type::Set(element)) = &attribute.ty else {
        return false;
    };
    attribute.optional && matches!(**element, schema::Type::Object(_))
}

fn has_blocks(content: &Content, name: &str) -> bool {
    content.blocks.iter().any(|block| block.makes() == name)
}

fn block_as_attribute(block: &schema::Block, written: &Written, place: &str) -> Report {
    let text = format!("`{}` of {place} is a block, not an argument", block.name);
    let report = Report::error("unknown-attribute", text).at(written.name_span, "written with `=`");
    match block.nesting {
        Nesting::Single => report.help(format!("write `{} {{ … }}`", block.name)),
        _ => {
            report.help(format!("write `{0} {{ … }}`, or `dynamic \"{0}\"` for a list", block.name))
        }
    }
}

/// Reports what the schema does not have.
fn unexpected(content: &Content, body: &Body, place: &str, reports: &mut Vec<Report>) {
    for Written { name, name_span, .. } in &content.attributes {
        if body.attribute(name).is_none() && body.block(name).is_none() {
            reports.push(load::unknown_argument(name, *name_span, place, &settable(body)));
        }
    }
    for block in &content.blocks {
        let name = block.makes();
        let attribute = body.attribute(name);
        if body.block(name).is_some() || attribute.is_some_and(is_blocks) {
            continue;
        }
        let at = block
            .labels
            .first()
            .filter(|_| block.kind == "dynamic")
            .map_or(block.header, |(_, span)| *span);
        let mut report = load::unknown_block(name, at, place, &settable(body));
        if attribute.is_some() {
            report.help = Some(format!("`{name}` is an argument: write `{name} = …`"));
        }
        reports.push(report);
    }
}

/// What may be written in a body, sorted.
fn settable(body: &Body) -> Vec<&str> {
    let attributes = body.attributes.iter().filter(|a| a.required || a.optional).map(|a| a.name);
    let all: BTreeSet<&str> = attributes.chain(body.blocks.iter().map(|b| b.name)).collect();
    all.into_iter().collect()
}
