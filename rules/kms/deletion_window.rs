//! # A key is gone within days
//!
//! The key can be deleted for good less than 14 days after somebody asked for it.
//!
//! **Why.** What was encrypted with a deleted key is lost, and a mistake is often noticed only after a holiday.
//!
//! **Fix.** Leave `deletion_window_in_days` out (30 days), or set at least 14.
//!
//! ```hcl,fail
//! resource "aws_kms_key" "main" {
//!   enable_key_rotation     = true
//!   deletion_window_in_days = 7
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_kms_key" "main" {
//!   enable_key_rotation     = true
//!   deletion_window_in_days = 30
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_kms_key" "main" {
//!   enable_key_rotation     = true
//!   deletion_window_in_days = var.days
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "KMS005",
    name: "deletion-window",
    severity: Severity::Medium,
    resources: &["aws_kms_key"],
    aliases: &["0b530315-0ea4-497f-b34c-4ff86268f59d"],
    controls: &[("FSBP", "KMS.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-3"],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe(
    "leave thirty days to undo a deletion",
    &[Want::set("deletion_window_in_days", "30")],
);

/// Judges a key.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let long = it.number("deletion_window_in_days").is_null_or(|days| days >= 14);
    check.require(
        long,
        "the key is gone within days of a mistake",
        "there is time to undo a deletion",
    );
}
