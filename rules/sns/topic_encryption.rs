//! # A topic is not encrypted
//!
//! Messages wait in the topic in plain text.
//!
//! **Why.** What they carry is easily forgotten: names, addresses, tokens.
//!
//! **Fix.** Set `kms_master_key_id`.
//!
//! ```hcl,fail
//! resource "aws_sns_topic" "events" {
//!   name = "events"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_sns_topic" "events" {
//!   name              = "events"
//!   kms_master_key_id = "alias/events"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_sns_topic" "events" {
//!   name              = "events"
//!   kms_master_key_id = var.key
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SNS001",
    name: "topic-encryption",
    severity: Severity::High,
    resources: &["aws_sns_topic"],
    aliases: &[
        "CKV_AWS_26",
        "AVD-AWS-0095",
        "aws-sns-enable-topic-encryption",
        "28545147-2fc6-42d5-a1f9-cf226658e591",
        "AC_AWS_0502",
        "SNS_ENCRYPTED_KMS",
    ],
    controls: &[("FSBP", "SNS.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-1"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "encrypt the topic with the key that AWS keeps for SNS",
    &[Want::set("kms_master_key_id", "\"alias/aws/sns\"")],
);

/// Judges a topic.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.is_set("kms_master_key_id"),
        "the topic is not encrypted",
        "the topic is encrypted",
    );
}
