//! # A queue's policy allows every action
//!
//! A statement allows `sqs:*`, or every action but some.
//!
//! **Why.** Who was let in to send can then also read, empty and delete the queue.
//!
//! **Fix.** Name the actions.
//!
//! ```hcl,fail
//! resource "aws_sqs_queue_policy" "jobs" {
//!   queue_url = "https://sqs.eu-west-3.amazonaws.com/123456789012/jobs"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*", Principal = { AWS = "123456789012" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sqs_queue_policy" "jobs" {
//!   queue_url = "https://sqs.eu-west-3.amazonaws.com/123456789012/jobs"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = { AWS = "123456789012" } }]
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
    code: "SQS003",
    name: "wide-queue-policy",
    severity: Severity::High,
    resources: &["aws_sqs_queue", "aws_sqs_queue_policy"],
    aliases: &[
        "CKV_AWS_72",
        "AVD-AWS-0097",
        "aws-sqs-no-wildcards-in-policy-documents",
        "816ea8cf-d589-442d-a917-2dd0ce0e45e3",
        "SQS_QUEUEPOLICY_NO_WILDCARD_ACTION",
        "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sqs_queue",
    ],
};

/// Judges a queue or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_every_action(
        it,
        "policy",
        "the statement allows every action",
        "the queue's policy allows every action",
    );
}
