//! # A volume is not encrypted with a key of your own
//!
//! The volume names no KMS key.
//!
//! **Why.** There is no second lock and no key to take away, and a snapshot cannot be shared with another account.
//!
//! **Fix.** Set `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_ebs_volume" "data" {
//!   availability_zone = "eu-west-3a"
//!   size              = 10
//!   encrypted         = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ebs_volume" "data" {
//!   availability_zone = "eu-west-3a"
//!   size              = 10
//!   encrypted         = true
//!   kms_key_id        = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_ebs_volume" "data" {
//!   availability_zone = "eu-west-3a"
//!   size              = 10
//!   encrypted         = true
//!   kms_key_id        = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EBS002",
    name: "volume-key",
    severity: Severity::Low,
    resources: &["aws_ebs_volume"],
    aliases: &[
        "CKV_AWS_189",
        "AVD-AWS-0027",
        "aws-ebs-encryption-customer-key",
        "aws-ec2-volume-encryption-customer-key",
        "EBS_VOLUME_ENCRYPTION_KEY_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ebs_volume",
    ],
};

/// Judges a volume.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(own, "the volume names no key of your own", "the volume has a key of your own");
}
