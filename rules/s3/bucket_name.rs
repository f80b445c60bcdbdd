//! # A bucket's name breaks TLS
//!
//! The name has a dot, an upper-case letter or an underscore, or starts or ends as names do that AWS keeps for itself.
//!
//! **Why.** The certificate of S3 holds for one label before its own name: with a dot in it, browsers and SDKs refuse the
//! connection.
//!
//! **Fix.** Use lower-case letters, digits and hyphens.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "site" {
//!   bucket = "my.site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "site" {
//!   bucket = "my-site"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "name" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket" "site" {
//!   bucket = var.name
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3023",
    name: "bucket-name",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket"],
    aliases: &["AVD-AWS-0320", "aws-s3-dns-compliant-name", "aws_s3_bucket_name"],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"],
};

/// What names of buckets must not start and end with.
const STARTS: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const ENDS: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let plain = |name: &str| {
        let letters =
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let reserved = STARTS.iter().any(|start| name.starts_with(start))
            || ENDS.iter().any(|end| name.ends_with(end));
        letters && !reserved
    };
    check.require(
        it.text("bucket").is_null_or(plain),
        "the bucket's name is no DNS label",
        "the bucket's name is a DNS label",
    );
}
