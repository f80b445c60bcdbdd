//! # A file system is not backed up
//!
//! No backup policy is on for the file system.
//!
//! **Why.** What is overwritten or deleted is gone.
//!
//! **Fix.** Add an `aws_efs_backup_policy` with `status = "ENABLED"`.
//!
//! ```hcl,fail
//! resource "aws_efs_file_system" "files" {
//!   encrypted = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_efs_file_system" "files" {
//!   encrypted = true
//! }
//!
//! resource "aws_efs_backup_policy" "files" {
//!   file_system_id = aws_efs_file_system.files.id
//!
//!   backup_policy {
//!     status = "ENABLED"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "file_system" {
//!   type = string
//! }
//!
//! resource "aws_efs_file_system" "files" {
//!   encrypted = true
//! }
//!
//! resource "aws_efs_backup_policy" "files" {
//!   file_system_id = var.file_system
//!
//!   backup_policy {
//!     status = "ENABLED"
//!   }
//! }
//! ```
//!
//! **Limits.** Plans of AWS Backup that choose by tag are not seen.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EFS006",
    name: "file-system-backup",
    severity: Severity::Low,
    resources: &["aws_efs_file_system"],
    aliases: &["EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN"],
    controls: &[("FSBP", "EFS.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-2"],
};

/// Judges a file system.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let policies = check.companions(it, "aws_efs_backup_policy", "file_system_id");
    let by_policy =
        policies.any(|policy| policy.text("backup_policy.status").is(|status| status == "ENABLED"));
    let selected = check.companions(it, "aws_backup_selection", "resources").exist();
    check.require(
        by_policy.or_else(selected),
        "the file system is not backed up",
        "the file system is backed up",
    );
}
