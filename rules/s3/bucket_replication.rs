//! # A bucket stands in one region only
//!
//! Objects are not copied to another region.
//!
//! **Why.** When a region is down, or a bucket is lost with its account, so is the data.
//!
//! **Fix.** Add an `aws_s3_bucket_replication_configuration` with an enabled rule.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "records" {
//!   bucket = "records"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "records" {
//!   bucket = "records"
//! }
//!
//! resource "aws_s3_bucket_replication_configuration" "records" {
//!   bucket = aws_s3_bucket.records.id
//!   role   = "arn:aws:iam::123456789012:role/copy"
//!
//!   rule {
//!     status = "Enabled"
//!
//!     destination {
//!       bucket = "arn:aws:s3:::copies"
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
//! resource "aws_s3_bucket" "records" {
//!   bucket = "records"
//! }
//!
//! resource "aws_s3_bucket_replication_configuration" "records" {
//!   bucket = var.bucket
//!   role   = "arn:aws:iam::123456789012:role/copy"
//!
//!   rule {
//!     status = "Enabled"
//!
//!     destination {
//!       bucket = "arn:aws:s3:::copies"
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3016",
    name: "bucket-replication",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &["CKV_AWS_144", "S3_BUCKET_REPLICATION_ENABLED"],
    controls: &[("FSBP", "S3.7")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-7"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let enabled = |status: &str| status == "Enabled";
    let others = check.companions(it, "aws_s3_bucket_replication_configuration", "bucket");
    let copied = it
        .text("replication_configuration.rules.status")
        .is(enabled)
        .or_else(others.any(|other| other.text("rule.status").is(enabled)));
    check.require(
        copied,
        "objects are not copied to another region",
        "objects are copied to another region",
    );
}
