//! # Versions are deleted without a second factor
//!
//! Whoever has the keys can delete every version of every object, and turn versioning off.
//!
//! **Why.** Versions protect against mistakes; a second factor also protects against stolen keys.
//!
//! **Fix.** Turn MFA delete on as the root user and write `mfa_delete = "Enabled"`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_versioning" "site" {
//!   bucket = "site"
//!
//!   versioning_configuration {
//!     status = "Enabled"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_versioning" "site" {
//!   bucket = "site"
//!
//!   versioning_configuration {
//!     status     = "Enabled"
//!     mfa_delete = "Enabled"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "mfa" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket_versioning" "site" {
//!   bucket = "site"
//!
//!   versioning_configuration {
//!     status     = "Enabled"
//!     mfa_delete = var.mfa
//!   }
//! }
//! ```
//!
//! **Limits.** A bucket that a lifecycle configuration cleans up cannot have it, and is not judged.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3010",
    name: "mfa-delete",
    severity: Severity::Low,
    resources: &["aws_s3_bucket_versioning"],
    aliases: &["AVD-AWS-0170", "aws-s3-require-mfa-delete", "c5b31ab9-0f26-4a49-b8aa-4cc064392f4d"],
    controls: &[("FSBP", "S3.20")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20"],
};

/// Judges a bucket's versioning.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.text("versioning_configuration.status").is(|status| status != "Enabled").is_true() {
        return;
    }
    let protected = it.text("versioning_configuration.mfa_delete").is(|mfa| mfa == "Enabled");
    check.require(
        protected,
        "versions are deleted without a second factor",
        "deleting versions takes a second factor",
    );
}
