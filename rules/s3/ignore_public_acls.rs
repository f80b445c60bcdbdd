//! # Public ACLs have effect
//!
//! `ignore_public_acls` is off in the public access block. A switch that is not written is off.
//!
//! **Why.** What was made public before the block came stays public.
//!
//! **Fix.** Set `ignore_public_acls = true`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket             = "site"
//!   ignore_public_acls = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket             = "site"
//!   ignore_public_acls = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3025",
    name: "ignore-public-acls",
    severity: Severity::High,
    resources: &["aws_s3_bucket_public_access_block"],
    aliases: &[
        "CKV_AWS_55",
        "AVD-AWS-0091",
        "aws-s3-ignore-public-acls",
        "4fa66806-0dd9-4f8d-9480-3174d39c7c91",
    ],
    controls: &[("FSBP", "S3.1"), ("FSBP", "S3.8")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("ignore public ACLs", &[Want::set("ignore_public_acls", "true")]);

/// Judges a block.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("ignore_public_acls"),
        "public ACLs have effect",
        "`ignore_public_acls` is on",
    );
}
