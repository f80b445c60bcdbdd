//! # A distribution answers plain HTTP
//!
//! A cache behaviour lets viewers use plain HTTP.
//!
//! **Why.** Whoever sits on the way reads and changes pages, cookies and forms.
//!
//! **Fix.** Set `viewer_protocol_policy = "redirect-to-https"` (or `https-only`) in every behaviour.
//!
//! ```hcl,fail
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     domain_name = "example.com"
//!     origin_id   = "site"
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods        = ["GET", "HEAD"]
//!     cached_methods         = ["GET", "HEAD"]
//!     target_origin_id       = "site"
//!     viewer_protocol_policy = "allow-all"
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
//!   enabled = true
//!
//!   origin {
//!     domain_name = "example.com"
//!     origin_id   = "site"
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods        = ["GET", "HEAD"]
//!     cached_methods         = ["GET", "HEAD"]
//!     target_origin_id       = "site"
//!     viewer_protocol_policy = "redirect-to-https"
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
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     domain_name = "example.com"
//!     origin_id   = "site"
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods        = ["GET", "HEAD"]
//!     cached_methods         = ["GET", "HEAD"]
//!     target_origin_id       = "site"
//!     viewer_protocol_policy = var.policy
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

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF001",
    name: "viewer-https",
    severity: Severity::Critical,
    resources: &["aws_cloudfront_distribution"],
    aliases: &[
        "CKV_AWS_34",
        "AVD-AWS-0012",
        "aws-cloudfront-enforce-https",
        "55af1353-2f62-4fa0-a8e1-a210ca2708f5",
        "CLOUDFRONT_VIEWER_POLICY_HTTPS",
    ],
    controls: &[("FSBP", "CloudFront.3")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-3",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "send viewers to HTTPS",
    &[Want::beside("viewer_protocol_policy", "\"redirect-to-https\"")],
);

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for name in ["default_cache_behavior", "ordered_cache_behavior"] {
        for behavior in check.blocks(it, name) {
            let secure = behavior.text("viewer_protocol_policy").is(|policy| policy != "allow-all");
            check.require(secure, "viewers may use plain HTTP", "viewers must use HTTPS");
        }
    }
}
