//! # A key is disabled
//!
//! The key exists, is billed, and cannot be used.
//!
//! **Why.** Whatever is encrypted with it cannot be read.
//!
//! **Fix.** Leave `is_enabled` out, or delete the key once nothing needs it.
//!
//! ```hcl,fail
//! resource "aws_kms_key" "main" {
//!   enable_key_rotation = true
//!   is_enabled          = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_kms_key" "main" {
//!   enable_key_rotation = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_kms_key" "main" {
//!   enable_key_rotation = true
//!   is_enabled          = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "KMS004",
    name: "disabled-key",
    severity: Severity::Medium,
    resources: &["aws_kms_key"],
    aliases: &["CKV_AWS_227", "7350fa23-dcf7-4938-916d-6a60b0c73b50"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/kms_key",
    ],
};

/// Judges a key.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(it.flag("is_enabled").or(true), "the key is disabled", "the key is enabled");
}
