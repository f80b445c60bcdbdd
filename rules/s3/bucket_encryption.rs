//! # Nothing says how a bucket is encrypted
//!
//! The stack has no encryption configuration for the bucket.
//!
//! **Why.** AWS encrypts every new object by itself since January 2023, with a key of its own: nothing is in plain text. But
//! neither a reader nor an auditor finds that in the stack.
//!
//! **Fix.** Add an `aws_s3_bucket_server_side_encryption_configuration`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_server_side_encryption_configuration" "site" {
//!   bucket = aws_s3_bucket.site.id
//!
//!   rule {
//!     apply_server_side_encryption_by_default {
//!       sse_algorithm = "AES256"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "bucket" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_server_side_encryption_configuration" "site" {
//!   bucket = var.bucket
//!
//!   rule {
//!     apply_server_side_encryption_by_default {
//!       sse_algorithm = "AES256"
//!     }
//!   }
//! }
//! ```
//!
//! **Limits.** Which key it is, is `bucket-key`'s question.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3028",
    name: "bucket-encryption",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &[
        "CKV_AWS_19",
        "AVD-AWS-0088",
        "aws-s3-enable-bucket-encryption",
        "AC_AWS_0207",
        "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket",
    ],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let known = |algorithm: &str| algorithm == "AES256" || algorithm.starts_with("aws:kms");
    let rule = "rule.apply_server_side_encryption_by_default.sse_algorithm";
    let ways = check.companions(it, "aws_s3_bucket_server_side_encryption_configuration", "bucket");
    let inline = it.text(&format!("server_side_encryption_configuration.{rule}")).is(known);
    let said = inline.or_else(ways.any(|way| way.text(rule).is(known)));
    check.require(
        said,
        "nothing says how the bucket is encrypted",
        "the stack says how the bucket is encrypted",
    );
}
