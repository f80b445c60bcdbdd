//! # A certificate is kept out of the public logs
//!
//! Certificate transparency is off.
//!
//! **Why.** Browsers refuse certificates that no public log knows, and a wrong one for your name would not be noticed.
//!
//! **Fix.** Leave `options` out, or set `certificate_transparency_logging_preference = "ENABLED"`.
//!
//! ```hcl,fail
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//!
//!   options {
//!     certificate_transparency_logging_preference = "DISABLED"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "preference" {
//!   type = string
//! }
//!
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//!
//!   options {
//!     certificate_transparency_logging_preference = var.preference
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ACM002",
    name: "certificate-transparency",
    severity: Severity::Low,
    resources: &["aws_acm_certificate"],
    aliases: &["CKV_AWS_234"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/acm_certificate",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "name the certificate in the public logs",
    &[Want::set("options.certificate_transparency_logging_preference", "\"ENABLED\"")],
);

/// Judges a certificate.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let logged = it
        .text("options.certificate_transparency_logging_preference")
        .is_null_or(|preference| preference != "DISABLED");
    check.require(
        logged,
        "the certificate is kept out of the public logs",
        "the certificate is in the public logs",
    );
}
