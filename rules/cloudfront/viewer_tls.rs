//! # A distribution speaks old TLS
//!
//! Viewers may use TLS before 1.2.
//!
//! **Why.** Old versions can be broken by whoever sits on the way.
//!
//! **Fix.** Set `minimum_protocol_version = "TLSv1.2_2021"`, with a certificate of your own: the default certificate always
//! allows TLS 1.0.
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
//!     acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!     ssl_support_method       = "sni-only"
//!     minimum_protocol_version = "TLSv1.2_2021"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "minimum" {
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
//!     acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!     ssl_support_method       = "sni-only"
//!     minimum_protocol_version = var.minimum
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF004",
    name: "viewer-tls",
    severity: Severity::High,
    resources: &["aws_cloudfront_distribution"],
    aliases: &[
        "CKV_AWS_174",
        "AVD-AWS-0013",
        "aws-cloudfront-use-secure-tls-policy",
        "00e5e55e-c2ff-46b3-a757-a7a1cd802456",
        "5c0003fb-9aa0-42c1-9da3-eb0e332bef21",
        "AC_AWS_0023",
        "CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudfront_distribution",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let new = it
        .text("viewer_certificate.minimum_protocol_version")
        .is(|minimum| minimum.starts_with("TLSv1.2") || minimum.starts_with("TLSv1.3"));
    let new = new.and(!it.flag("viewer_certificate.cloudfront_default_certificate"));
    check.require(new, "viewers may use TLS before 1.2", "viewers must use TLS 1.2");
}
