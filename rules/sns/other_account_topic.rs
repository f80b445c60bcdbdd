//! # Another account may use a topic
//!
//! A statement lets an account or a role by its ARN in.
//!
//! **Why.** Each account that may publish or subscribe is one more that must be trusted.
//!
//! **Fix.** Name services, or the roles of this account, and say so in a suppression where another account is meant.
//!
//! ```hcl,fail
//! resource "aws_sns_topic_policy" "events" {
//!   arn = "arn:aws:sns:eu-west-3:123456789012:events"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = { AWS = "arn:aws:iam::210987654321:root" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sns_topic_policy" "events" {
//!   arn = "arn:aws:sns:eu-west-3:123456789012:events"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = { Service = "events.amazonaws.com" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_sns_topic_policy" "events" {
//!   arn    = "arn:aws:sns:eu-west-3:123456789012:events"
//!   policy = var.policy
//! }
//! ```
//!
//! **Limits.** Whose account the stack is applied in is often not known: every account that is written as a number is reported.

use check::{Allowance, Check, Instance, Meta, Severity, narrowed};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SNS004",
    name: "other-account-topic",
    severity: Severity::Low,
    resources: &["aws_sns_topic_policy"],
    aliases: &["CKV_AWS_385"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sns_topic_policy",
    ],
};

/// Judges a topic's policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = it
        .text("arn")
        .attr
        .known()
        .and_then(|arn| arn.split(':').nth(4))
        .unwrap_or_default()
        .to_owned();
    for Allowance { path, statement, .. } in
        check.allowances(it, "policy", "another account may use the topic")
    {
        if narrowed(&statement) {
            continue;
        }
        for principal in statement.principals.known().into_iter().flatten() {
            let Attr::Known(id, value) = &principal.id else { continue };
            let account =
                if id.starts_with("arn:") { id.split(':').nth(4).unwrap_or_default() } else { id };
            let foreign = account.len() == 12
                && account.chars().all(|c| c.is_ascii_digit())
                && account != own;
            if principal.kind == "AWS" && foreign {
                check.fail(value, format!("{path}.Principal"), "another account may use the topic");
            }
        }
    }
}
