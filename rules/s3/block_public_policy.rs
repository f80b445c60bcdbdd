//! # Public bucket policies are accepted
//!
//! `block_public_policy` is off in the public access block. A switch that is not written is off.
//!
//! **Why.** One wrong statement shows the whole bucket to the world.
//!
//! **Fix.** Set `block_public_policy = true`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket              = "site"
//!   block_public_policy = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket              = "site"
//!   block_public_policy = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3024",
    name: "block-public-policy",
    severity: Severity::High,
    resources: &["aws_s3_bucket_public_access_block"],
    aliases: &[
        "CKV_AWS_54",
        "AVD-AWS-0087",
        "aws-s3-block-public-policy",
        "1a4bc881-9f69-4d44-8c9a-d37d08f54c50",
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
    Fix::risky("refuse public bucket policies", &[Want::set("block_public_policy", "true")]);

/// Judges a block.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("block_public_policy"),
        "public bucket policies are accepted",
        "`block_public_policy` is on",
    );
}
