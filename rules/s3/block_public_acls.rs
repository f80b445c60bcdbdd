//! # Public ACLs are accepted
//!
//! `block_public_acls` is off in the public access block. A switch that is not written is off.
//!
//! **Why.** Whoever may write an object may make it public.
//!
//! **Fix.** Set `block_public_acls = true`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket            = "site"
//!   block_public_acls = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket            = "site"
//!   block_public_acls = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3002",
    name: "block-public-acls",
    severity: Severity::High,
    resources: &["aws_s3_bucket_public_access_block"],
    aliases: &[
        "CKV_AWS_53",
        "AVD-AWS-0086",
        "aws-s3-block-public-acls",
        "d0cc8694-fcad-43ff-ac86-32331d7e867f",
    ],
    controls: &[("FSBP", "S3.1"), ("FSBP", "S3.8")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("refuse public ACLs", &[Want::set("block_public_acls", "true")]);

/// Judges a block.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("block_public_acls"),
        "public ACLs are accepted",
        "`block_public_acls` is on",
    );
}
