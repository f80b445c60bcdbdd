//! # Pages of any site may write to a bucket
//!
//! A CORS rule lets pages of every origin send requests that change something.
//!
//! **Why.** Any page that a signed-in person visits can then use that person's rights on the bucket.
//!
//! **Fix.** Name the origins, and the methods that they need.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_cors_configuration" "site" {
//!   bucket = "site"
//!
//!   cors_rule {
//!     allowed_headers = ["*"]
//!     allowed_methods = ["GET", "PUT"]
//!     allowed_origins = ["*"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_cors_configuration" "site" {
//!   bucket = "site"
//!
//!   cors_rule {
//!     allowed_headers = ["*"]
//!     allowed_methods = ["GET", "PUT"]
//!     allowed_origins = ["https://example.com"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_s3_bucket_cors_configuration" "site" {
//!   bucket = "site"
//!
//!   cors_rule {
//!     allowed_headers = ["*"]
//!     allowed_methods = ["GET", "PUT"]
//!     allowed_origins = var.items
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3022",
    name: "open-cors",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket", "aws_s3_bucket_cors_configuration"],
    aliases: &["98a8f708-121b-455b-ae2f-da3fb59d17e1"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket",
    ],
};

/// Judges a bucket or its CORS rules.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let rules = it.blocks("cors_rule");
    for rule in rules.attr.known().into_iter().flatten() {
        let wide = rule
            .one_of("allowed_origins", &["*"])
            .and(rule.one_of("allowed_methods", &["PUT", "POST", "DELETE"]));
        check.require(
            !wide,
            "pages of every origin may change objects",
            "pages of every origin may change objects",
        );
    }
}
