//! Small readings of expressions that must be literal: switches, names, references.

use super::body::{Attribute, Block, Content, Expression};
use crate::Str;
use crate::eval::{self, StaticStep, Traversal};
use schema::closest;
use syntax::{Expr, FileId, Report, Span};

/// `true` or `false`, written so; a report when it is anything else.
pub(crate) fn switch(value: Option<&Expression>, reports: &mut Vec<Report>) -> Option<bool> {
    let value = value?;
    let word = value.literal();
    match (value.tree.expr(value.id), word.as_deref()) {
        (Expr::Bool(on), _) => Some(on),
        (_, Some("true")) => Some(true),
        (_, Some("false")) => Some(false),
        _ => {
            let report = Report::error("not-literal", "this setting must be `true` or `false`")
                .at(value.span(), "not a literal boolean");
            reports.push(report);
            None
        }
    }
}

/// A string without interpolation; a report when it is anything else.
pub(crate) fn text(value: Option<&Expression>, reports: &mut Vec<Report>) -> Option<Str> {
    let value = value?;
    let text = value.literal();
    if text.is_none() && !matches!(value.tree.expr(value.id), Expr::Missing | Expr::Null) {
        let report = Report::error("not-literal", "this setting must be a plain string")
            .at(value.span(), "not a literal string")
            .help("it is read before any variable has a value; write the string itself");
        reports.push(report);
    }
    text
}

/// The reference that an expression is. A quoted one counts, as in JSON and in old configurations.
pub(crate) fn reference(value: &Expression) -> Option<Traversal> {
    if let Some(found) = eval::traversal(&value.tree, value.id) {
        return Some(found);
    }
    let (tree, reports) =
        syntax::parse_expression(FileId::default(), &value.literal()?.as_str().into());
    let root = tree.attributes(tree.root()).first()?;
    let found = eval::traversal(&tree, root.expr).filter(|_| reports.is_empty())?;
    let span = value.span();
    let steps = found.steps.into_iter().map(|step| StaticStep { key: step.key, span });
    Some(Traversal { root: found.root, root_span: span, steps: steps.collect(), span })
}

/// A list of references, such as `depends_on`.
pub(crate) fn references(value: Option<&Expression>, reports: &mut Vec<Report>) -> Vec<Traversal> {
    let Some(value) = value else { return Vec::new() };
    let Expr::Tuple(list) = value.tree.expr(value.id) else {
        let report = Report::error("not-a-reference-list", "a list of references is needed here")
            .at(value.span(), "not a list");
        reports.push(report.help("write for example `[aws_iam_role_policy.task]`"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for id in value.tree.list(list) {
        let item = value.part(*id);
        match reference(&item) {
            Some(reference) => found.push(reference),
            None => reports.push(
                Report::error("not-a-reference", "only a plain reference can stand here")
                    .at(item.span(), "not a reference"),
            ),
        }
    }
    found
}

/// Reports attributes and blocks beyond those that a block of this kind may hold.
pub(crate) fn only(
    content: &Content,
    attributes: &[&str],
    blocks: &[&str],
    kind: &str,
    reports: &mut Vec<Report>,
) {
    for Attribute { name, name_span, .. } in &content.attributes {
        if !attributes.contains(&name.as_str()) {
            reports.push(unknown_argument(name, *name_span, kind, attributes));
        }
    }
    for Block { kind: name, header, .. } in &content.blocks {
        if !blocks.contains(&name.as_str()) {
            reports.push(unknown_block(name, *header, kind, blocks));
        }
    }
}

/// An argument that does not exist here.
pub(crate) fn unknown_argument<'a>(
    name: &str,
    span: Span,
    place: &str,
    candidates: impl IntoIterator<Item = &'a &'a str>,
) -> Report {
    let report = Report::error("unknown-attribute", format!("{place} has no argument `{name}`"))
        .at(span, "not expected here");
    match closest(name, candidates.into_iter().copied()) {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        // The argument that provider 6 gave to nearly every type.
        None if name == "region" && place.starts_with("`aws_") => report
            .help("version 6 of the AWS provider has it; stacks are read by the schema of 5.100.0"),
        None => report,
    }
}

/// A block that does not exist here.
pub(crate) fn unknown_block<'a>(
    name: &str,
    span: Span,
    place: &str,
    candidates: impl IntoIterator<Item = &'a &'a str>,
) -> Report {
    let report = Report::error("unknown-block", format!("{place} has no block `{name}`"))
        .at(span, "not expected here");
    match closest(name, candidates.into_iter().copied()) {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        None => report,
    }
}
