//! # A bucket behind a distribution must be public
//!
//! An origin is an S3 bucket, and the distribution does not sign its requests to it.
//!
//! **Why.** The bucket can then be read around the distribution, or not at all.
//!
//! **Fix.** Make an `aws_cloudfront_origin_access_control` and name it in `origin_access_control_id`.
//!
//! ```hcl,fail
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     origin_id   = "site"
//!     domain_name = "site.s3.eu-west-3.amazonaws.com"
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
//!     origin_id                = "site"
//!     domain_name              = "site.s3.eu-west-3.amazonaws.com"
//!     origin_access_control_id = "E1"
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
//! variable "control" {
//!   type = string
//! }
//!
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!
//!   origin {
//!     origin_id                = "site"
//!     domain_name              = "site.s3.eu-west-3.amazonaws.com"
//!     origin_access_control_id = var.control
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
use model::{At, Attr, Part};
use stack::Origin;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF013",
    name: "bucket-origin-access",
    severity: Severity::Medium,
    resources: &["aws_cloudfront_distribution"],
    aliases: &["CKV2_AWS_46", "CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED"],
    controls: &[("FSBP", "CloudFront.13")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-13",
    ],
};

/// Whether an origin is a bucket: by its domain, or because it names one of the stack.
fn is_bucket<'a>(origin: &Part<'a>, check: &Check<'a>) -> At<'a, bool> {
    let domain = origin.text("domain_name");
    if let Attr::Unknown(value) = domain.attr
        && let Some(Origin::Resource { address, .. }) =
            value.as_unknown().map(|unknown| &unknown.origin)
    {
        let bucket = check.stack().find(address).is_some() && address.ty == "aws_s3_bucket";
        return At { path: domain.path, attr: Attr::Known(bucket, value) };
    }
    domain.is(|name| name.contains(".s3.") || name.contains(".s3-") || name.starts_with("s3."))
}

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for origin in check.blocks(it, "origin") {
        let bucket = !origin.is_set("custom_origin_config");
        let named = is_bucket(&origin, check);
        let signed = origin
            .is_set("origin_access_control_id")
            .or_else(origin.is_set("s3_origin_config.origin_access_identity"));
        check.require(
            signed.or_else(!bucket.and(named)),
            "the bucket must be public to be served",
            "requests to the bucket are signed",
        );
    }
}
