//! # Nobody hears of messages that were not delivered
//!
//! No delivery status of the topic is logged.
//!
//! **Why.** A subscriber that is gone is noticed by those who wait for its work.
//!
//! **Fix.** Set a `…_failure_feedback_role_arn` for the protocols of your subscribers.
//!
//! ```hcl,fail
//! resource "aws_sns_topic" "events" {
//!   name = "events"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sns_topic" "events" {
//!   name                          = "events"
//!   sqs_failure_feedback_role_arn = "arn:aws:iam::123456789012:role/feedback"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "role" {
//!   type = string
//! }
//!
//! resource "aws_sns_topic" "events" {
//!   name                          = "events"
//!   sqs_failure_feedback_role_arn = var.role
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SNS006",
    name: "delivery-status",
    severity: Severity::Low,
    resources: &["aws_sns_topic"],
    aliases: &[],
    controls: &[("FSBP", "SNS.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-2"],
};

/// Judges a topic.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let told = ["application", "firehose", "http", "lambda", "sqs"]
        .map(|protocol| it.is_set(&format!("{protocol}_failure_feedback_role_arn")))
        .into_iter()
        .fold(At::certain(false), At::or_else);
    check.require(
        told,
        "nobody hears of messages that were not delivered",
        "failed deliveries are logged",
    );
}
