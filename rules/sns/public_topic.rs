//! # A topic's policy lets everybody in
//!
//! A statement allows something to everybody (`*`) or to all but some, and no condition says who or from where.
//!
//! **Why.** Strangers read your messages, or send lies.
//!
//! **Fix.** Name the principals, or add `aws:SourceArn` or `aws:SourceAccount`.
//!
//! ```hcl,fail
//! resource "aws_sns_topic_policy" "events" {
//!   arn = "arn:aws:sns:eu-west-3:123456789012:events"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Principal = "*" }]
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
    code: "SNS003",
    name: "public-topic",
    severity: Severity::High,
    resources: &["aws_sns_topic", "aws_sns_topic_policy"],
    aliases: &[
        "CKV_AWS_169",
        "b26d2b7e-60f6-413d-a3a1-a57db24aa2b3",
        "AC_AWS_0385",
        "SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL",
        "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
    ],
    controls: &[("FSBP", "SNS.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-4"],
};

/// Judges a topic or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the topic's policy lets everybody in",
    );
}
