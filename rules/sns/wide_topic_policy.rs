//! # A topic's policy allows every action
//!
//! A statement allows `sns:*`, or every action but some.
//!
//! **Why.** Who was let in to publish can then also delete the topic and change its policy.
//!
//! **Fix.** Name the actions.
//!
//! ```hcl,fail
//! resource "aws_sns_topic_policy" "events" {
//!   arn = "arn:aws:sns:eu-west-3:123456789012:events"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", NotAction = "sns:DeleteTopic", Resource = "*", Principal = { Service = "events.amazonaws.com" } }]
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

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SNS005",
    name: "wide-topic-policy",
    severity: Severity::Medium,
    resources: &["aws_sns_topic", "aws_sns_topic_policy"],
    aliases: &["5ea624e4-c8b1-4bb3-87a4-4235a776adcc", "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sns_topic",
    ],
};

/// Judges a topic or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_every_action(
        it,
        "policy",
        "the statement allows every action",
        "the topic's policy allows every action",
    );
}
