//! # A bucket is not encrypted with a KMS key
//!
//! Objects are encrypted with a key that S3 keeps for itself.
//!
//! **Why.** Who may read the bucket may read the objects: there is no second lock, no log of each use, and no key to take away.
//!
//! **Fix.** Add an `aws_s3_bucket_server_side_encryption_configuration` with `sse_algorithm = "aws:kms"` and a key of your own.
//!
//! ```hcl,fail
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
//!       sse_algorithm     = "aws:kms"
//!       kms_master_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "algorithm" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_server_side_encryption_configuration" "site" {
//!   bucket = aws_s3_bucket.site.id
//!
//!   rule {
//!     apply_server_side_encryption_by_default {
//!       sse_algorithm = var.algorithm
//!     }
//!   }
//! }
//! ```
//!
//! **Limits.** S3 encrypts every object since January 2023; this rule asks for KMS. A bucket that takes logs of S3 cannot have
//! it, and is not judged.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3005",
    name: "bucket-key",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &[
        "CKV_AWS_145",
        "AVD-AWS-0132",
        "aws-s3-encryption-customer-key",
        "S3_DEFAULT_ENCRYPTION_KMS",
    ],
    controls: &[("FSBP", "S3.17")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if super::bucket_logging::takes_logs(it, check) {
        return;
    }
    let kms = |algorithm: &str| algorithm.starts_with("aws:kms");
    let ways = check.companions(it, "aws_s3_bucket_server_side_encryption_configuration", "bucket");
    let by_kms = it
        .text("server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm")
        .is(kms)
        .or_else(ways.any(|way| way.text("rule.apply_server_side_encryption_by_default.sse_algorithm").is(kms)));
    check.require(
        by_kms,
        "objects are not encrypted with a KMS key",
        "objects are encrypted with a KMS key",
    );
}
