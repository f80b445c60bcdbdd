//! # Pages come without headers that protect
//!
//! A cache behaviour has no response headers policy.
//!
//! **Why.** Browsers are not told to stay with HTTPS, not to be framed, and what to run.
//!
//! **Fix.** Set `response_headers_policy_id` in every behaviour.
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
//!     allowed_methods            = ["GET", "HEAD"]
//!     cached_methods             = ["GET", "HEAD"]
//!     target_origin_id           = "site"
//!     viewer_protocol_policy     = "https-only"
//!     response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
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
//!   }
//!
//!   default_cache_behavior {
//!     allowed_methods            = ["GET", "HEAD"]
//!     cached_methods             = ["GET", "HEAD"]
//!     target_origin_id           = "site"
//!     viewer_protocol_policy     = "https-only"
//!     response_headers_policy_id = var.policy
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
    code: "CF009",
    name: "response-headers",
    severity: Severity::Low,
    resources: &["aws_cloudfront_distribution"],
    aliases: &["CKV2_AWS_32"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudfront_distribution",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for name in ["default_cache_behavior", "ordered_cache_behavior"] {
        for behavior in check.blocks(it, name) {
            let protected = behavior.is_set("response_headers_policy_id");
            check.require(
                protected,
                "pages come without headers that protect",
                "pages come with headers that protect",
            );
        }
    }
}
