//! # Requests to a bucket are not logged
//!
//! The bucket writes no server access log.
//!
//! **Why.** After a leak nobody can say what was read, and by whom. For the bucket that holds an audit trail it matters most.
//!
//! **Fix.** Add an `aws_s3_bucket_logging` for the bucket that writes to another bucket.
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
//! resource "aws_s3_bucket_logging" "site" {
//!   bucket        = aws_s3_bucket.site.id
//!   target_bucket = "logs"
//!   target_prefix = "site/"
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
//! resource "aws_s3_bucket_logging" "site" {
//!   bucket        = var.bucket
//!   target_bucket = "logs"
//!   target_prefix = "site/"
//! }
//! ```
//!
//! **Limits.** Data events of CloudTrail serve the same end and are not seen here. A bucket that other buckets log to is not
//! judged: logging it too would never end.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3004",
    name: "bucket-logging",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &[
        "CKV_AWS_18",
        "AVD-AWS-0089",
        "aws-s3-enable-logging",
        "f861041c-8c9f-4156-acfc-5e6e524f5884",
        "AC_AWS_0497",
        "S3_BUCKET_LOGGING_ENABLED",
        "AVD-AWS-0163",
        "aws-cloudtrail-require-bucket-access-logging",
        "ee9e50e8-b2ed-4176-ad42-8fc0cf7593f4",
    ],
    controls: &[("FSBP", "S3.9")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let takes_logs = check.companions(it, "aws_s3_bucket_logging", "target_bucket");
    if !takes_logs.found.is_empty() {
        return;
    }
    let logs = check.companions(it, "aws_s3_bucket_logging", "bucket");
    let logged = it.is_set("logging").or_else(logs.exist());
    check.require(
        logged,
        "requests to the bucket are not logged",
        "requests to the bucket are logged",
    );
}
