//! # A bucket may be made public
//!
//! No public access block stands before the bucket: one wrong ACL or policy shows it to the world.
//!
//! **Why.** Buckets leak through a later change by somebody else; the block refuses that change, or makes it ineffective.
//!
//! **Fix.** Add an `aws_s3_bucket_public_access_block` for the bucket with all four switches on.
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
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket                  = aws_s3_bucket.site.id
//!   block_public_acls       = true
//!   block_public_policy     = true
//!   ignore_public_acls      = true
//!   restrict_public_buckets = true
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
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket                  = var.bucket
//!   block_public_acls       = true
//!   block_public_policy     = true
//!   ignore_public_acls      = true
//!   restrict_public_buckets = true
//! }
//! ```
//!
//! **Limits.** A block on the account as a whole is not seen. Whether each switch is on is `public-access-switches`'s question.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3001",
    name: "public-access-block",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket"],
    aliases: &[
        "CKV2_AWS_6",
        "AVD-AWS-0094",
        "aws-s3-specify-public-access-block",
        "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
    ],
    controls: &[("FSBP", "S3.8")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let block = check.companions(it, "aws_s3_bucket_public_access_block", "bucket");
    let whole =
        block.any(|block| block.flag("block_public_acls").and(block.flag("block_public_policy")));
    check.require(
        whole,
        "nothing keeps the bucket from being made public",
        "something keeps the bucket from being made public",
    );
}
