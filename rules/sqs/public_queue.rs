//! # A queue's policy lets everybody in
//!
//! A statement allows something to everybody (`*`) or to all but some, and no condition says who or from where.
//!
//! **Why.** Strangers read your messages, or send their own to be worked on.
//!
//! **Fix.** Name the principals, or add `aws:SourceArn` or `aws:SourceAccount`.
//!
//! ```hcl,fail
//! resource "aws_sqs_queue_policy" "jobs" {
//!   queue_url = "https://sqs.eu-west-3.amazonaws.com/123456789012/jobs"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sqs_queue_policy" "jobs" {
//!   queue_url = "https://sqs.eu-west-3.amazonaws.com/123456789012/jobs"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "sqs:SendMessage"
//!       Resource  = "*"
//!       Principal = "*"
//!       Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:sns:eu-west-3:123456789012:events" } }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_sqs_queue_policy" "jobs" {
//!   queue_url = "https://sqs.eu-west-3.amazonaws.com/123456789012/jobs"
//!   policy    = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SQS004",
    name: "public-queue",
    severity: Severity::High,
    resources: &["aws_sqs_queue", "aws_sqs_queue_policy"],
    aliases: &[
        "CKV_AWS_168",
        "CKV_AWS_387",
        "730675f9-52ed-49b6-8ead-0acb5dd7df7f",
        "abb06e5f-ef9a-4a99-98c6-376d396bfcdf",
        "AC_AWS_0365",
        "SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL",
        "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sqs_queue",
    ],
};

/// Judges a queue or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the queue's policy lets everybody in",
    );
}
