//! # A bucket policy lets everybody in
//!
//! A statement allows something to everybody (`Principal = "*"`), or to everybody but some (`NotPrincipal`), and no condition
//! says who or from where.
//!
//! **Why.** Whoever knows the name reads, or writes, what the statement allows.
//!
//! **Fix.** Name the principals; for a public site put CloudFront in front and name its distribution in a condition.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "s3:GetObject"
//!       Resource  = "arn:aws:s3:::site/*"
//!       Principal = "*"
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
//!       Action    = "s3:GetObject"
//!       Resource  = "arn:aws:s3:::site/*"
//!       Principal = { Service = "cloudfront.amazonaws.com" }
//!       Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudfront::123456789012:distribution/E1" } }
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
    code: "S3011",
    name: "public-bucket-policy",
    severity: Severity::High,
    resources: &["aws_s3_bucket", "aws_s3_bucket_policy"],
    aliases: &[
        "CKV_AWS_70",
        "7af43613-6bb9-4a0e-8c4d-1314b799425e",
        "66c6f96f-2d9e-417e-a998-9058aeeecd44",
        "1df37f4b-7197-45ce-83f8-9994d2fcf885",
        "ffdf4b37-7703-4dfe-a682-9d2e99bc6c09",
        "d24c0755-c028-44b1-b503-8e719c898832",
        "AC_AWS_0217",
        "AC_AWS_0218",
        "AC_AWS_0219",
        "AC_AWS_0221",
        "AC_AWS_0224",
        "AC_AWS_0220",
        "S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL",
        "S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket",
    ],
};

/// Judges a bucket or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the bucket policy lets everybody in",
    );
}
