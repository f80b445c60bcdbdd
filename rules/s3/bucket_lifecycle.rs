//! # A bucket only grows
//!
//! No lifecycle rule moves or ends what the bucket holds.
//!
//! **Why.** Storage is billed for all that was ever written, old versions and broken uploads included.
//!
//! **Fix.** Add an `aws_s3_bucket_lifecycle_configuration`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "logs" {
//!   bucket = "logs"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "logs" {
//!   bucket = "logs"
//! }
//!
//! resource "aws_s3_bucket_lifecycle_configuration" "logs" {
//!   bucket = aws_s3_bucket.logs.id
//!
//!   rule {
//!     id     = "old"
//!     status = "Enabled"
//!
//!     expiration {
//!       days = 90
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
//! resource "aws_s3_bucket" "logs" {
//!   bucket = "logs"
//! }
//!
//! resource "aws_s3_bucket_lifecycle_configuration" "logs" {
//!   bucket = var.bucket
//!
//!   rule {
//!     id     = "old"
//!     status = "Enabled"
//!
//!     expiration {
//!       days = 90
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3017",
    name: "bucket-lifecycle",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &["CKV2_AWS_61"],
    controls: &[("FSBP", "S3.13"), ("FSBP", "S3.10")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-13",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-10",
    ],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let rules = check.companions(it, "aws_s3_bucket_lifecycle_configuration", "bucket");
    let enabled =
        rules.any(|rules| rules.text("rule.status").is_null_or(|status| status != "Disabled"));
    let ends = it.flag("lifecycle_rule.enabled").or_else(enabled);
    check.require(
        ends,
        "nothing moves or ends what the bucket holds",
        "something ends what the bucket holds",
    );
}
