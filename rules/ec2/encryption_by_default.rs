//! # New volumes are not encrypted by default
//!
//! Encryption by default is turned off for the region.
//!
//! **Why.** Every volume that somebody makes by hand or from an old template is in plain text.
//!
//! **Fix.** Leave `enabled` out, or set it to `true`.
//!
//! ```hcl,fail
//! resource "aws_ebs_encryption_by_default" "region" {
//!   enabled = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ebs_encryption_by_default" "region" {
//!   enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_ebs_encryption_by_default" "region" {
//!   enabled = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EBS003",
    name: "encryption-by-default",
    severity: Severity::High,
    resources: &["aws_ebs_encryption_by_default"],
    aliases: &["CKV_AWS_106", "3d3f6270-546b-443c-adb4-bb6fb2187ca6", "AC_AWS_0079"],
    controls: &[("FSBP", "EC2.7")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-7"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("encrypt new volumes", &[Want::set("enabled", "true")]);

/// Judges the setting.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("enabled").or(true),
        "new volumes are not encrypted by default",
        "new volumes are encrypted by default",
    );
}
