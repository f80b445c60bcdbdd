//! # Logs are not encrypted with a key of your own
//!
//! The log group uses a key that AWS keeps.
//!
//! **Why.** There is no second lock: who may read logs reads them.
//!
//! **Fix.** Set `kms_key_id`, and let `logs.REGION.amazonaws.com` use the key.
//!
//! ```hcl,fail
//! resource "aws_cloudwatch_log_group" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_log_group" "web" {
//!   name       = "web"
//!   kms_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_cloudwatch_log_group" "web" {
//!   name       = "web"
//!   kms_key_id = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LOG003",
    name: "log-group-key",
    severity: Severity::Low,
    resources: &["aws_cloudwatch_log_group"],
    aliases: &[
        "CKV_AWS_158",
        "AVD-AWS-0017",
        "aws-cloudwatch-log-group-customer-key",
        "0afbcfe9-d341-4b92-a64c-7e6de0543879",
        "AC_AWS_0451",
        "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudwatch_log_group",
    ],
};

/// Judges a log group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(
        own,
        "logs are not encrypted with a key of your own",
        "logs are encrypted with a key of your own",
    );
}
