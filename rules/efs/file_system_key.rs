//! # A file system is not encrypted with a key of your own
//!
//! The file system names no KMS key.
//!
//! **Why.** There is no second lock, and no key to take away.
//!
//! **Fix.** Set `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_efs_file_system" "files" {
//!   encrypted = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_efs_file_system" "files" {
//!   encrypted  = true
//!   kms_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_efs_file_system" "files" {
//!   encrypted  = true
//!   kms_key_id = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EFS002",
    name: "file-system-key",
    severity: Severity::Low,
    resources: &["aws_efs_file_system"],
    aliases: &["CKV_AWS_184", "25d251f3-f348-4f95-845c-1090e41a615c", "AC_AWS_0098"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/efs_file_system",
    ],
};

/// Judges a file system.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        check.own_key(it.text("kms_key_id")),
        "the file system has no key of your own",
        "the file system has a key of your own",
    );
}
