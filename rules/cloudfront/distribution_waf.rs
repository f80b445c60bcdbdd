//! # No firewall stands before a distribution
//!
//! The distribution has no web ACL.
//!
//! **Why.** Floods, scanners and known attacks reach the origin.
//!
//! **Fix.** Set `web_acl_id` to the ARN of an `aws_wafv2_web_acl` with scope `CLOUDFRONT`.
//!
//! ```hcl,fail
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "example.com"
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods        = ["GET", "HEAD"]
//!     cached_methods         = ["GET", "HEAD"]
//!     target_origin_id       = "site"
//!     viewer_protocol_policy = "https-only"
//!   }
//!
//!   restrictions {
//!     geo_restriction {
//!       restriction_type = "none"
//!     }
//!   }
//!
//!   viewer_certificate {
//!     cloudfront_default_certificate = true
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled    = true
//!   web_acl_id = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/site/1"
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "example.com"
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods        = ["GET", "HEAD"]
//!     cached_methods         = ["GET", "HEAD"]
//!     target_origin_id       = "site"
//!     viewer_protocol_policy = "https-only"
//!   }
//!
//!   restrictions {
//!     geo_restriction {
//!       restriction_type = "none"
//!     }
//!   }
//!
//!   viewer_certificate {
//!     cloudfront_default_certificate = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "acl" {
//!   type = string
//! }
//!
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled    = true
//!   web_acl_id = var.acl
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "example.com"
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods        = ["GET", "HEAD"]
//!     cached_methods         = ["GET", "HEAD"]
//!     target_origin_id       = "site"
//!     viewer_protocol_policy = "https-only"
//!   }
//!
//!   restrictions {
//!     geo_restriction {
//!       restriction_type = "none"
//!     }
//!   }
//!
//!   viewer_certificate {
//!     cloudfront_default_certificate = true
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF002",
    name: "distribution-waf",
    severity: Severity::Medium,
    resources: &["aws_cloudfront_distribution"],
    aliases: &[
        "CKV_AWS_68",
        "AVD-AWS-0011",
        "aws-cloudfront-enable-waf",
        "1419b4c6-6d5c-4534-9cf6-6a5266085333",
        "AC_AWS_0032",
    ],
    controls: &[("FSBP", "CloudFront.6")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-6",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.is_set("web_acl_id"),
        "no firewall stands before the distribution",
        "a firewall stands before the distribution",
    );
}
