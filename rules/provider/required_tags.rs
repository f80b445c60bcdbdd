//! # A required tag is missing
//!
//! A resource lacks a tag that `required-tags` in banana.toml asks for, or the tag has a value that is not allowed.
//!
//! **Why.** Bills, access and clean-up go by tags; a resource without them belongs to nobody.
//!
//! **Fix.** Add the tag to the resource, or to the provider's `default_tags` for all of them.
//!
//! The examples are judged with
//! `required-tags = ["Owner", { key = "Stage", values = ["dev", "prod-*"] }]`.
//!
//! ```hcl,fail
//! resource "aws_sqs_queue" "jobs" {
//!   tags = {
//!     Owner = "web"
//!   }
//! }
//! ```
//!
//! ```hcl,fail
//! provider "aws" {
//!   default_tags {
//!     tags = {
//!       Owner = "web"
//!       Stage = "prod-eu"
//!     }
//!   }
//! }
//!
//! resource "aws_sqs_queue" "jobs" {
//!   tags = {
//!     Stage = "production"
//!   }
//! }
//! ```
//!
//! ```hcl,fail
//! resource "aws_sqs_queue" "jobs" {}
//! ```
//!
//! ```hcl,pass
//! provider "aws" {
//!   default_tags {
//!     tags = {
//!       Owner = "web"
//!     }
//!   }
//! }
//!
//! resource "aws_sqs_queue" "jobs" {
//!   tags = {
//!     Stage = "prod-eu"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "tags" {
//!   type = map(string)
//! }
//!
//! resource "aws_sqs_queue" "jobs" {
//!   tags = var.tags
//! }
//! ```
//!
//! **Limits.** The rule is silent while banana.toml requires no tags. It judges the types that have `tags` and get the provider's default
//! tags; tags that a type takes in other ways, such as the `tag` blocks of a scaling group, are not read.

use check::{Check, Meta, RequiredTag, Severity, Tagged};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "AWS004",
    name: "required-tags",
    severity: Severity::Medium,
    resources: &["*"],
    aliases: &["aws_resource_missing_tags"],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html"],
};

/// Judges a resource that bears tags.
pub fn check<'a>(it: &Tagged<'a>, check: &mut Check<'a>) {
    for tag in check.required_tags() {
        judge(it, tag, check);
    }
}

fn judge<'a>(it: &Tagged<'a>, tag: &RequiredTag, check: &mut Check<'a>) {
    let RequiredTag { key, values } = tag;
    let (own, default) = (it.own(key), it.default(key));
    let found = match (own.attr, default.attr) {
        (Attr::Null(_), Attr::Known(tag, _)) => Attr::Known(tag, tag),
        (Attr::Null(_), Attr::Unknown(open)) => Attr::Unknown(open),
        // Whatever the resource says, there will be such a tag.
        (Attr::Unknown(_), Attr::Known(..)) if values.is_empty() => return,
        (own, _) => own,
    };
    match found {
        Attr::Known(value, _) => match value.as_str() {
            Some(text) if !values.is_empty() && !values.iter().any(|v| v.matches(text)) => {
                let allowed: Vec<&str> = values.iter().map(check::Wildcard::as_str).collect();
                let allowed = allowed.join("`, `");
                check.fail(
                    value,
                    own.path,
                    format!("the tag `{key}` is `{text}`, and may be `{allowed}`"),
                );
            }
            _ => {}
        },
        Attr::Null(value) => {
            check.fail(value, own.path, format!("there is no tag `{key}`"));
        }
        Attr::Unknown(value) => {
            let question =
                if values.is_empty() { "there is a tag" } else { "an allowed value is in the tag" };
            check.unknown(value, own.path, format!("it is not known whether {question} `{key}`"));
        }
    }
}
