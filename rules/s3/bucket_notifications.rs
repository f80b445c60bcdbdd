//! # Nobody hears what happens in a bucket
//!
//! The bucket notifies nobody of new or deleted objects.
//!
//! **Why.** Changes that should not happen are then found late.
//!
//! **Fix.** Add an `aws_s3_bucket_notification` for the events that matter (or `eventbridge = true`).
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "drop" {
//!   bucket = "drop"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "drop" {
//!   bucket = "drop"
//! }
//!
//! resource "aws_s3_bucket_notification" "drop" {
//!   bucket      = aws_s3_bucket.drop.id
//!   eventbridge = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "bucket" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket" "drop" {
//!   bucket = "drop"
//! }
//!
//! resource "aws_s3_bucket_notification" "drop" {
//!   bucket      = var.bucket
//!   eventbridge = true
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3019",
    name: "bucket-notifications",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &["CKV2_AWS_62"],
    controls: &[("FSBP", "S3.11")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-11"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let told = check.companions(it, "aws_s3_bucket_notification", "bucket").exist();
    check.require(told, "the bucket notifies nobody", "the bucket notifies somebody");
}
