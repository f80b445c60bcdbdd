//! The attributes of a `rule` block, as serde reads them.

use crate::Severity;
use hcl::{Attribute, Body, Expression, Structure};
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
            let alone = Body::from(vec![Structure::Attribute((*attribute).clone())]);
            if let Err(error) = hcl::from_body::<Self>(alone) {
                return Err((attribute.key().to_owned(), error.to_string()));
            }
        }
        let whole: Body = attributes.into_iter().cloned().map(Structure::Attribute).collect();
        hcl::from_body(whole).map_err(|error| (String::new(), error.to_string()))
    }
}
