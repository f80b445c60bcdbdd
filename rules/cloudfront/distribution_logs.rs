//! # Requests to a distribution are not logged
//!
//! The distribution writes no access log.
//!
//! **Why.** After an incident nobody can say who asked for what.
//!
//! **Fix.** Add a `logging_config` with a bucket, or deliver logs with `aws_cloudwatch_log_delivery`.
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
//!   logging_config {
//!     bucket = "logs.s3.amazonaws.com"
//!   }
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
//! variable "bucket" {
//!   type = string
//! }
//!
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!   logging_config {
//!     bucket = var.bucket
//!   }
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
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF003",
    name: "distribution-logs",
    severity: Severity::Medium,
    resources: &["aws_cloudfront_distribution"],
    aliases: &[
        "CKV_AWS_86",
        "AVD-AWS-0010",
        "aws-cloudfront-enable-logging",
        "94690d79-b3b0-43de-b656-84ebef5753e5",
        "AC_AWS_0025",
        "CLOUDFRONT_ACCESSLOGS_ENABLED",
    ],
    controls: &[("FSBP", "CloudFront.5")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-5",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let sources = check.companions(it, "aws_cloudwatch_log_delivery_source", "resource_arn");
    let delivered = sources.any(|source| {
        At::certain(
            check.users(source).any(|user| user.address.ty == "aws_cloudwatch_log_delivery"),
        )
    });
    let logged = it.is_set("logging_config.bucket").or_else(delivered);
    check.require(
        logged,
        "requests to the distribution are not logged",
        "requests to the distribution are logged",
    );
}
