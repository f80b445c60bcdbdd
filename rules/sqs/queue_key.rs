//! # A queue is not encrypted with a key of your own
//!
//! The queue names the key that AWS keeps for SQS (`alias/aws/sqs`).
//!
//! **Why.** It costs as much as a key of your own, cannot be shared with another account, and services cannot send to the
//! queue.
//!
//! **Fix.** Set `kms_master_key_id` to a key of your own.
//!
//! ```hcl,fail
//! resource "aws_sqs_queue" "jobs" {
//!   name              = "jobs"
//!   kms_master_key_id = "alias/aws/sqs"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sqs_queue" "jobs" {
//!   name              = "jobs"
//!   kms_master_key_id = "alias/jobs"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_sqs_queue" "jobs" {
//!   name              = "jobs"
//!   kms_master_key_id = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SQS002",
    name: "queue-key",
    severity: Severity::Low,
    resources: &["aws_sqs_queue"],
    aliases: &[
        "CKV2_AWS_73",
        "AVD-AWS-0135",
        "aws-sqs-queue-encryption-use-cmk",
        "SQS_QUEUE_KMS_MASTER_KEY_ID_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sqs_queue",
    ],
};

/// Judges a queue.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let key = it.text("kms_master_key_id");
    let none = !it.is_set("kms_master_key_id");
    check.require(
        check.own_key(key).or_else(none),
        "the queue has no key of your own",
        "the queue has a key of your own",
    );
}
