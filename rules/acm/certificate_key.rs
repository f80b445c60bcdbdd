//! # A certificate's key is too short
//!
//! The key is RSA with 1024 bits.
//!
//! **Why.** Such keys can be broken, and browsers refuse them.
//!
//! **Fix.** Leave `key_algorithm` out (`RSA_2048`), or use an elliptic curve.
//!
//! ```hcl,fail
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//!   key_algorithm     = "RSA_1024"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//!   key_algorithm     = "EC_prime256v1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "algorithm" {
//!   type = string
//! }
//!
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//!   key_algorithm     = var.algorithm
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ACM004",
    name: "certificate-key",
    severity: Severity::Medium,
    resources: &["aws_acm_certificate"],
    aliases: &["874d68a3-bfbe-4a4b-aaa0-9e74d7da634b"],
    controls: &[("FSBP", "ACM.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-2"],
};

/// Judges a certificate.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let long = it.text("key_algorithm").is_null_or(|algorithm| algorithm != "RSA_1024");
    check.require(
        long,
        "the certificate's key is too short",
        "the certificate's key is long enough",
    );
}
