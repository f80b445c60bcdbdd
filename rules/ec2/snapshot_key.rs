//! # A copied snapshot is not encrypted with a key of your own
//!
//! The copy is in plain text, or uses the key that AWS keeps for EBS.
//!
//! **Why.** A snapshot holds the whole disk, and is easily shared.
//!
//! **Fix.** Set `encrypted = true` and `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_ebs_snapshot_copy" "data" {
//!   source_region      = "eu-west-1"
//!   source_snapshot_id = "snap-1"
//!   encrypted          = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ebs_snapshot_copy" "data" {
//!   source_region      = "eu-west-1"
//!   source_snapshot_id = "snap-1"
//!   encrypted          = true
//!   kms_key_id         = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_ebs_snapshot_copy" "data" {
//!   source_region      = "eu-west-1"
//!   source_snapshot_id = "snap-1"
//!   encrypted          = true
//!   kms_key_id         = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EBS004",
    name: "snapshot-key",
    severity: Severity::Medium,
    resources: &["aws_ebs_snapshot_copy"],
    aliases: &["CKV_AWS_183", "e6b4b943-6883-47a9-9739-7ada9568f8ca", "AC_AWS_0459"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ebs_snapshot_copy",
    ],
};

/// Judges a copy of a snapshot.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(
        it.flag("encrypted").and(own),
        "the copy is not encrypted with a key of your own",
        "the copy is encrypted with a key of your own",
    );
}
