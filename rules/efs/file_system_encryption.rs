//! # A file system is not encrypted
//!
//! The file system keeps its data in plain text.
//!
//! **Why.** A backup that is shared by mistake shows all of it. Encryption cannot be turned on later.
//!
//! **Fix.** Set `encrypted = true`.
//!
//! ```hcl,fail
//! resource "aws_efs_file_system" "files" {
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_efs_file_system" "files" {
//!   encrypted = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_efs_file_system" "files" {
//!   encrypted = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EFS001",
    name: "file-system-encryption",
    severity: Severity::High,
    resources: &["aws_efs_file_system"],
    aliases: &[
        "CKV_AWS_42",
        "AVD-AWS-0037",
        "aws-efs-enable-at-rest-encryption",
        "48207659-729f-4b5c-9402-f884257d794f",
        "AC_AWS_0097",
        "EFS_ENCRYPTED_CHECK",
    ],
    controls: &[("FSBP", "EFS.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-1"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("encrypt the file system", &[Want::set("encrypted", "true")]);

/// Judges a file system.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("encrypted"),
        "the file system is not encrypted",
        "the file system is encrypted",
    );
}
