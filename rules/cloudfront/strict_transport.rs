//! # Browsers may come back without TLS
//!
//! The response headers do not tell browsers to stay with HTTPS for a year.
//!
//! **Why.** The first request of each visit can be caught.
//!
//! **Fix.** Add `strict_transport_security` with `access_control_max_age_sec = 31536000`, `include_subdomains`, `preload` and
//! `override`.
//!
//! ```hcl,fail
//! resource "aws_cloudfront_response_headers_policy" "site" {
//!   name = "site"
//!
//!   security_headers_config {
//!     content_type_options {
//!       override = true
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudfront_response_headers_policy" "site" {
//!   name = "site"
//!
//!   security_headers_config {
//!     strict_transport_security {
//!       access_control_max_age_sec = 31536000
//!       include_subdomains         = true
//!       preload                    = true
//!       override                   = true
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_cloudfront_response_headers_policy" "site" {
//!   name = "site"
//!
//!   security_headers_config {
//!     strict_transport_security {
//!       access_control_max_age_sec = var.n
//!       include_subdomains         = true
//!       preload                    = true
//!       override                   = true
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CF008",
    name: "strict-transport",
    severity: Severity::Medium,
    resources: &["aws_cloudfront_response_headers_policy"],
    aliases: &["CKV_AWS_259"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudfront_response_headers_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let at = "security_headers_config.strict_transport_security";
    let long =
        it.number(&format!("{at}.access_control_max_age_sec")).is(|seconds| seconds >= 31_536_000);
    let all =
        ["include_subdomains", "preload", "override"].map(|name| it.flag(&format!("{at}.{name}")));
    let strict = all.into_iter().fold(long, At::and);
    check.require(strict, "browsers may come back without TLS", "browsers stay with HTTPS");
}
