//! # A public access block lets something through
//!
//! One of the four switches of a public access block is off. A switch that is not written is off.
//!
//! **Why.** Each switch closes another way: ACLs that are written now, ACLs that are there already, policies that are written
//! now, policies that are there already.
//!
//! **Fix.** Set `block_public_acls`, `block_public_policy`, `ignore_public_acls` and `restrict_public_buckets` to `true`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket              = "site"
//!   block_public_acls   = true
//!   block_public_policy = true
//!   ignore_public_acls  = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_public_access_block" "site" {
//!   bucket                  = "site"
//!   block_public_acls       = true
//!   block_public_policy     = true
//!   ignore_public_acls      = true
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
//!   block_public_acls       = true
//!   block_public_policy     = true
//!   ignore_public_acls      = true
//!   restrict_public_buckets = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3002",
    name: "public-access-switches",
    severity: Severity::High,
    resources: &["aws_s3_bucket_public_access_block"],
    aliases: &[
        "CKV_AWS_53",
        "AVD-AWS-0086",
        "aws-s3-block-public-acls",
        "d0cc8694-fcad-43ff-ac86-32331d7e867f",
        "CKV_AWS_54",
        "AVD-AWS-0087",
        "aws-s3-block-public-policy",
        "1a4bc881-9f69-4d44-8c9a-d37d08f54c50",
        "CKV_AWS_55",
        "AVD-AWS-0091",
        "aws-s3-ignore-public-acls",
        "4fa66806-0dd9-4f8d-9480-3174d39c7c91",
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

/// Judges a block.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for (name, wrong) in [
        ("block_public_acls", "public ACLs are accepted"),
        ("block_public_policy", "public bucket policies are accepted"),
        ("ignore_public_acls", "public ACLs have effect"),
        ("restrict_public_buckets", "a public policy lets anybody in"),
    ] {
        check.require(it.flag(name), wrong, &format!("`{name}` is on"));
    }
}
