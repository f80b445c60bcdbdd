//! The attributes of a `rule` block, as serde reads them.

use crate::Severity;
use hcl::{Attribute, Body, Expression, Structure, TemplateExpr};
use serde::Deserialize;

/// What may be written; what must be is asked for afterwards, where its place is known.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Declaration {
    pub(super) code: Option<String>,
    pub(super) severity: Option<Severity>,
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
    #[serde(rename = "match")]
    pub(super) types: Vec<String>,
    /// Conditions are not decoded: the evaluator reads them from the tree.
    pub(super) for_each: Option<Expression>,
    pub(super) when: Option<Expression>,
    pub(super) condition: Option<Expression>,
    pub(super) error_message: Option<Expression>,
    pub(super) attribute: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) controls: Vec<String>,
    pub(super) links: Vec<String>,
}

impl Declaration {
    /// Every name, for a misspelt one.
    pub(super) const NAMES: [&str; 13] = [
        "code",
        "severity",
        "summary",
        "description",
        "match",
        "for_each",
        "when",
        "condition",
        "error_message",
        "attribute",
        "aliases",
        "controls",
        "links",
    ];

    /// Reads a block's attributes; `Err` names the one that does not fit, and why.
    pub(super) fn read(body: &Body) -> Result<Self, (String, String)> {
        let attributes: Vec<&Attribute> = body.attributes().collect();
        // A declaration has no attribute that it cannot be without, so that each can be read by itself: serde's errors name no place.
        for attribute in &attributes {
            let evaluated = ["for_each", "when", "condition", "error_message"];
            if !evaluated.contains(&attribute.key()) && !is_literal(attribute.expr()) {
                let why = "it must be written out, in quotes and without `${`".to_owned();
                return Err((attribute.key().to_owned(), why));
            }
            let alone = Body::from(vec![Structure::Attribute((*attribute).clone())]);
            if let Err(error) = hcl::from_body::<Self>(alone) {
                return Err((attribute.key().to_owned(), error.to_string()));
            }
        }
        let whole: Body = attributes.into_iter().cloned().map(Structure::Attribute).collect();
        hcl::from_body(whole).map_err(|error| (String::new(), error.to_string()))
    }
}

/// A text, a list of texts, or a heredoc, none of them with anything to evaluate in it.
fn is_literal(expr: &Expression) -> bool {
    match expr {
        Expression::String(_) => true,
        Expression::Array(all) => all.iter().all(|each| matches!(each, Expression::String(_))),
        Expression::TemplateExpr(template) => match &**template {
            TemplateExpr::Heredoc(heredoc) => {
                !heredoc.template.contains("${") && !heredoc.template.contains("%{")
            }
            TemplateExpr::QuotedString(_) => false,
        },
        _ => false,
    }
}
