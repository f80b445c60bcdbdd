//! # A distribution talks to its origin without TLS
//!
//! The distribution uses plain HTTP towards an origin, or does as a viewer does who may use plain HTTP.
//!
//! **Why.** The padlock in the browser holds for half of the way only.
//!
//! **Fix.** Set `origin_protocol_policy = "https-only"`.
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
//!       origin_ssl_protocols   = ["TLSv1.2"]
//!       origin_protocol_policy = "http-only"
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
//!       origin_ssl_protocols   = ["TLSv1.2"]
//!       origin_protocol_policy = "https-only"
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
//! variable "policy" {
//!   type = string
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
//!       origin_ssl_protocols   = ["TLSv1.2"]
//!       origin_protocol_policy = var.policy
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

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF015",
    name: "origin-https",
    severity: Severity::High,
    resources: &["aws_cloudfront_distribution"],
    aliases: &["CKV2_AWS_72", "AC_AWS_0024"],
    controls: &[("FSBP", "CloudFront.9")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-9",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "talk TLS to the origin",
    &[Want::beside("origin_protocol_policy", "\"https-only\"")],
);

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let mut viewers = true;
    for name in ["default_cache_behavior", "ordered_cache_behavior"] {
        for behavior in check.blocks(it, name) {
            viewers &= behavior
                .text("viewer_protocol_policy")
                .is(|policy| policy != "allow-all")
                .is_true();
        }
    }
    for origin in check.blocks(it, "origin") {
        let policy = origin.text("custom_origin_config.origin_protocol_policy");
        let as_viewer =
            policy.clone().is(|policy| policy == "match-viewer").and(At::certain(viewers));
        let secure = policy.is_null_or(|policy| policy == "https-only").or_else(as_viewer);
        check.require(
            secure,
            "the distribution talks to its origin without TLS",
            "the distribution talks TLS to its origin",
        );
    }
}
