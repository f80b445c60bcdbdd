//! # A bucket policy allows every action
//!
//! A statement allows `s3:*`, or every action but some.
//!
//! **Why.** Who was let in to read can then also delete, change the policy and open the bucket to others.
//!
//! **Fix.** Name the actions.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "s3:*"
//!       Resource  = "arn:aws:s3:::site/*"
//!       Principal = { AWS = "arn:aws:iam::123456789012:role/web" }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = ["s3:GetObject"]
//!       Resource  = "arn:aws:s3:::site/*"
//!       Principal = { AWS = "arn:aws:iam::123456789012:role/web" }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3012",
    name: "wide-bucket-policy",
    severity: Severity::High,
    resources: &["aws_s3_bucket", "aws_s3_bucket_policy"],
    aliases: &[
        "a4966c4f-9141-48b8-a564-ffe9959945bc",
        "S3_BUCKET_POLICY_NO_WILDCARD_ACTION",
        "S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket",
    ],
};

/// Judges a bucket or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_every_action(
        it,
        "policy",
        "the statement allows every action",
        "the bucket policy allows every action",
    );
}
