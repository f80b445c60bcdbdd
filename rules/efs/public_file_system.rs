//! # A file system's policy lets everybody in
//!
//! A statement allows something to everybody (`*`), or allows every action, and no condition says who or from where.
//!
//! **Why.** Whoever gets into the network mounts it.
//!
//! **Fix.** Name the roles, or add `elasticfilesystem:AccessedViaMountTarget`.
//!
//! ```hcl,fail
//! resource "aws_efs_file_system_policy" "files" {
//!   file_system_id = "fs-1"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "elasticfilesystem:ClientMount", Principal = { AWS = "*" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_efs_file_system_policy" "files" {
//!   file_system_id = "fs-1"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "elasticfilesystem:ClientMount", Principal = { AWS = "arn:aws:iam::123456789012:role/web" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_efs_file_system_policy" "files" {
//!   file_system_id = "fs-1"
//!   policy         = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EFS005",
    name: "public-file-system",
    severity: Severity::High,
    resources: &["aws_efs_file_system_policy"],
    aliases: &["fae52418-bb8b-4ac2-b287-0b9082d6a3fd", "AC_AWS_0464"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/efs_file_system_policy",
    ],
};

/// Judges a file system's policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the policy lets everybody in",
    );
    check.forbid_every_action(
        it,
        "policy",
        "the statement allows every action",
        "the policy allows every action",
    );
}
