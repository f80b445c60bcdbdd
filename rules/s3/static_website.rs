//! # A bucket serves a website by itself
//!
//! The bucket is a static website: it speaks plain HTTP, and its objects must be public.
//!
//! **Why.** Visitors can be read and cheated on the way, and nothing stands between the bucket and a flood of requests.
//!
//! **Fix.** Serve it through CloudFront with an origin access control, and leave the website configuration out.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_website_configuration" "site" {
//!   bucket = aws_s3_bucket.site.id
//!
//!   index_document {
//!     suffix = "index.html"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//!
//!   dynamic "website" {
//!     for_each = var.items
//!
//!     content {
//!       index_document = website.value
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3021",
    name: "static-website",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket", "aws_s3_bucket_website_configuration"],
    aliases: &["42bb6b7f-6d54-4428-b707-666f669d94fb", "AC_AWS_0208"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket",
    ],
};

/// Judges a bucket or its website.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let website = match it.ty() {
        "aws_s3_bucket" => it.is_set("website"),
        _ => it.is_set("index_document"),
    };
    check.require(
        !website,
        "the bucket serves a website by itself",
        "the bucket serves a website by itself",
    );
}
