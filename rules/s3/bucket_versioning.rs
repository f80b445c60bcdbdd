//! # A bucket keeps no versions
//!
//! What is overwritten or deleted in the bucket is gone.
//!
//! **Why.** A wrong script, a wrong release or an attacker then costs the data itself.
//!
//! **Fix.** Add an `aws_s3_bucket_versioning` with `status = "Enabled"`, and a lifecycle rule that ends old versions.
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
//! resource "aws_s3_bucket_versioning" "site" {
//!   bucket = aws_s3_bucket.site.id
//!
//!   versioning_configuration {
//!     status = "Enabled"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "status" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_versioning" "site" {
//!   bucket = aws_s3_bucket.site.id
//!
//!   versioning_configuration {
//!     status = var.status
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3009",
    name: "bucket-versioning",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket"],
    aliases: &[
        "CKV_AWS_21",
        "AVD-AWS-0090",
        "aws-s3-enable-versioning",
        "568a4d22-3517-44a6-a7ad-6a7eed88722c",
        "AC_AWS_0214",
        "S3_BUCKET_VERSIONING_ENABLED",
    ],
    controls: &[("FSBP", "S3.14")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let ways = check.companions(it, "aws_s3_bucket_versioning", "bucket");
    let kept =
        it.flag("versioning.enabled").or_else(ways.any(|way| {
            way.text("versioning_configuration.status").is(|status| status == "Enabled")
        }));
    check.require(kept, "the bucket keeps no versions", "the bucket keeps versions");
}
