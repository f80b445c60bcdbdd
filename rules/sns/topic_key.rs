//! # A topic is not encrypted with a key of your own
//!
//! The topic uses the key that AWS keeps for SNS.
//!
//! **Why.** Services such as CloudWatch alarms cannot publish to it, and there is no key to take away.
//!
//! **Fix.** Set `kms_master_key_id` to a key of your own.
//!
//! ```hcl,fail
//! resource "aws_sns_topic" "events" {
//!   name              = "events"
//!   kms_master_key_id = "alias/aws/sns"
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

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SNS002",
    name: "topic-key",
    severity: Severity::Low,
    resources: &["aws_sns_topic"],
    aliases: &[
        "AVD-AWS-0136",
        "aws-sns-topic-encryption-use-cmk",
        "b1a72f66-2236-4f3b-87ba-0da1b366956f",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sns_topic",
    ],
};

/// Judges a topic.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_master_key_id"));
    check.require(own, "the topic has no key of your own", "the topic has a key of your own");
}
