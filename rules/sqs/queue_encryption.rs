//! # A queue is not encrypted
//!
//! Encryption of the queue is turned off.
//!
//! **Why.** What waits in the queue is in plain text on disk.
//!
//! **Fix.** Leave `sqs_managed_sse_enabled` out (new queues are encrypted), or set `kms_master_key_id`.
//!
//! ```hcl,fail
//! resource "aws_sqs_queue" "jobs" {
//!   name                    = "jobs"
//!   sqs_managed_sse_enabled = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sqs_queue" "jobs" {
//!   name                    = "jobs"
//!   sqs_managed_sse_enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_sqs_queue" "jobs" {
//!   name                    = "jobs"
//!   sqs_managed_sse_enabled = var.on
//! }
//! ```
//!
//! **Limits.** A queue without a word on encryption is encrypted by SQS itself since October 2022, and passes.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SQS001",
    name: "queue-encryption",
    severity: Severity::High,
    resources: &["aws_sqs_queue"],
    aliases: &[
        "CKV_AWS_27",
        "AVD-AWS-0096",
        "aws-sqs-enable-queue-encryption",
        "6e8849c1-3aa7-40e3-9063-b85ee300f29f",
        "AC_AWS_0366",
    ],
    controls: &[("FSBP", "SQS.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-1"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "encrypt the queue with a key of SQS",
    &[Want::set("sqs_managed_sse_enabled", "true")],
);

/// Judges a queue.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let encrypted =
        it.flag("sqs_managed_sse_enabled").or(true).or_else(it.is_set("kms_master_key_id"));
    check.require(encrypted, "the queue is not encrypted", "the queue is encrypted");
}
