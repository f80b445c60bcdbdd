//! # A distribution has one origin only
//!
//! No origin group stands behind the distribution.
//!
//! **Why.** When the origin is down, so is the site.
//!
//! **Fix.** Add an `origin_group` with two members.
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
//!   origin_group {
//!     origin_id = "group"
//!
//!     failover_criteria {
//!       status_codes = [500, 502]
//!     }
//!
//!     member {
//!       origin_id = "site"
//!     }
//!
//!     member {
//!       origin_id = "spare"
//!     }
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
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_cloudfront_distribution" "site" {
//!   enabled = true
//!   dynamic "origin_group" {
//!     for_each = var.items
//!
//!     content {
//!       origin_id = origin_group.value
//!
//!       failover_criteria {
//!         status_codes = [500, 502]
//!       }
//!
//!       member {
//!         origin_id = "site"
//!       }
//!
//!       member {
//!         origin_id = "spare"
//!       }
//!     }
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

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF011",
    name: "origin-failover",
    severity: Severity::Low,
    resources: &["aws_cloudfront_distribution"],
    aliases: &["CKV_AWS_310", "CLOUDFRONT_ORIGIN_FAILOVER_ENABLED"],
    controls: &[("FSBP", "CloudFront.4")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-4",
    ],
};

/// Judges a distribution.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let groups = check.blocks(it, "origin_group");
    if groups.is_empty() {
        check.require(
            it.is_set("origin_group"),
            "the distribution has one origin only",
            "the distribution has a second origin",
        );
    }
    for group in groups {
        let when = group.is_set("failover_criteria.status_codes");
        let two = group.blocks("member").is(|members| members.len() >= 2);
        check.require(
            when.and(two),
            "the origin group never fails over",
            "the origin group fails over",
        );
    }
}
