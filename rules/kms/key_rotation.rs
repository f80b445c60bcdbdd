//! # A key is never rotated
//!
//! The key's material stays the same for ever.
//!
//! **Why.** What was once read with stolen material can be read for ever; a year limits the harm.
//!
//! **Fix.** Set `enable_key_rotation = true`.
//!
//! ```hcl,fail
//! resource "aws_kms_key" "main" {
//!   description = "main"
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
//!   enable_key_rotation = var.on
//! }
//! ```
//!
//! **Limits.** Asymmetric and HMAC keys, and keys in a custom key store, cannot be rotated and are not judged.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "KMS001",
    name: "key-rotation",
    severity: Severity::Medium,
    resources: &["aws_kms_key"],
    aliases: &[
        "CKV_AWS_7",
        "AVD-AWS-0065",
        "aws-kms-auto-rotate-keys",
        "22fbfeac-7b5a-421a-8a27-7a2178bb910b",
        "AC_AWS_0160",
        "CMK_BACKING_KEY_ROTATION_ENABLED",
    ],
    controls: &[("FSBP", "KMS.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("rotate the key every year", &[Want::set("enable_key_rotation", "true")]);

/// Judges a key.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let symmetric =
        it.text("customer_master_key_spec").is_null_or(|spec| spec == "SYMMETRIC_DEFAULT");
    let signs = it.text("key_usage").is(|usage| usage != "ENCRYPT_DECRYPT").is_true();
    if symmetric.is_false() || signs || !it.is_set("custom_key_store_id").is_false() {
        return;
    }
    check.require(
        it.flag("enable_key_rotation").or_else(!symmetric),
        "the key is never rotated",
        "the key is rotated",
    );
}
