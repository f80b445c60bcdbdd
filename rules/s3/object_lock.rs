//! # Objects can be deleted before their time
//!
//! The bucket has no object lock.
//!
//! **Why.** For records that must be kept, and for backups that must survive an attacker, a lock that nobody can lift is the
//! only proof.
//!
//! **Fix.** Set `object_lock_enabled = true` when the bucket is made, and a retention in
//! `aws_s3_bucket_object_lock_configuration`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "records" {
//!   bucket = "records"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "records" {
//!   bucket              = "records"
//!   object_lock_enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_s3_bucket" "records" {
//!   bucket              = "records"
//!   object_lock_enabled = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3015",
    name: "object-lock",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &["CKV_AWS_143", "S3_BUCKET_DEFAULT_LOCK_ENABLED"],
    controls: &[("FSBP", "S3.15")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-15"],
};

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let lock = check.companions(it, "aws_s3_bucket_object_lock_configuration", "bucket");
    let enabled = |value: &str| value == "Enabled";
    let locked = it
        .flag("object_lock_enabled")
        .or_else(it.text("object_lock_configuration.object_lock_enabled").is(enabled))
        .or_else(lock.any(|lock| lock.text("object_lock_enabled").is_null_or(enabled)));
    check.require(locked, "the bucket has no object lock", "the bucket has an object lock");
}
