//! # A distribution pays for addresses of its own
//!
//! Viewers are told apart by address instead of by name (SNI).
//!
//! **Why.** Dedicated addresses cost 600 USD a month, and only browsers of twenty years ago need them.
//!
//! **Fix.** Set `ssl_support_method = "sni-only"`.
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
//!     acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!     ssl_support_method  = "vip"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
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
//!     acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!     ssl_support_method  = "sni-only"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "method" {
//!   type = string
//! }
//!
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
//!     acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!     ssl_support_method  = var.method
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF006",
    name: "sni",
    severity: Severity::Low,
    resources: &["aws_cloudfront_distribution"],
    aliases: &["CLOUDFRONT_SNI_ENABLED"],
    controls: &[("FSBP", "CloudFront.8")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-8",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "tell viewers apart by name",
    &[Want::set("viewer_certificate.ssl_support_method", "\"sni-only\"")],
);

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let by_name =
        it.text("viewer_certificate.ssl_support_method").is_null_or(|method| method == "sni-only");
    check.require(
        by_name,
        "the distribution has addresses of its own",
        "viewers are told apart by name",
    );
}
