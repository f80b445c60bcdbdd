//! # A public policy lets anybody in
//!
//! `restrict_public_buckets` is off in the public access block. A switch that is not written is off.
//!
//! **Why.** A policy that is public already keeps working for strangers.
//!
//! **Fix.** Set `restrict_public_buckets = true`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket                  = "site"
//!   restrict_public_buckets = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket                  = "site"
//!   restrict_public_buckets = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3026",
    name: "restrict-public-buckets",
    severity: Severity::High,
    resources: &["aws_s3_bucket_public_access_block"],
    aliases: &[
        "CKV_AWS_56",
        "AVD-AWS-0093",
        "aws-s3-no-public-buckets",
        "1ec253ab-c220-4d63-b2de-5b40e0af9293",
    ],
    controls: &[("FSBP", "S3.1"), ("FSBP", "S3.8")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("let only the account in", &[Want::set("restrict_public_buckets", "true")]);

/// Judges a block.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("restrict_public_buckets"),
        "a public policy lets anybody in",
        "`restrict_public_buckets` is on",
    );
}
