//! # A distribution has CloudFront's own name
//!
//! The distribution uses the certificate of `cloudfront.net`.
//!
//! **Why.** The site has no name of yours, and old TLS cannot be turned off.
//!
//! **Fix.** Set `acm_certificate_arn` and `aliases`.
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
//! variable "certificate" {
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
//!     acm_certificate_arn = var.certificate
//!     ssl_support_method  = "sni-only"
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF005",
    name: "default-certificate",
    severity: Severity::Medium,
    resources: &["aws_cloudfront_distribution"],
    aliases: &[
        "CKV2_AWS_42",
        "3a1e94df-6847-4c0e-a3b6-6c6af4e128ef",
        "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE",
    ],
    controls: &[("FSBP", "CloudFront.7")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-7",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = it
        .is_set("viewer_certificate.acm_certificate_arn")
        .or_else(it.is_set("viewer_certificate.iam_certificate_id"));
    check.require(
        own,
        "the distribution has CloudFront's own certificate",
        "the distribution has a certificate of yours",
    );
}
