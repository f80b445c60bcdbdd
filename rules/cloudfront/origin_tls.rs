//! # A distribution speaks old TLS to its origin
//!
//! The distribution may use SSL 3, TLS 1.0 or TLS 1.1 towards an origin.
//!
//! **Why.** Old versions can be broken by whoever sits on the way.
//!
//! **Fix.** Set `origin_ssl_protocols = ["TLSv1.2"]`.
//!
//! ```hcl,fail
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "example.com"
//!
//!     custom_origin_config {
//!       http_port              = 80
//!       https_port             = 443
//!       origin_protocol_policy = "https-only"
//!       origin_ssl_protocols   = ["TLSv1", "TLSv1.2"]
//!     }
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
//!   enabled = true
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "example.com"
//!
//!     custom_origin_config {
//!       http_port              = 80
//!       https_port             = 443
//!       origin_protocol_policy = "https-only"
//!       origin_ssl_protocols   = ["TLSv1.2"]
//!     }
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
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "example.com"
//!
//!     custom_origin_config {
//!       http_port              = 80
//!       https_port             = 443
//!       origin_protocol_policy = "https-only"
//!       origin_ssl_protocols   = var.items
//!     }
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
    code: "CF014",
    name: "origin-tls",
    severity: Severity::High,
    resources: &["aws_cloudfront_distribution"],
    aliases: &["CKV2_AWS_54"],
    controls: &[("FSBP", "CloudFront.10")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-10",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for origin in check.blocks(it, "origin") {
        let old = origin
            .one_of("custom_origin_config.origin_ssl_protocols", &["SSLv3", "TLSv1", "TLSv1.1"]);
        check.require(
            !old,
            "the distribution may speak old TLS to its origin",
            "the distribution speaks new TLS to its origin",
        );
    }
}
