//! # A certificate is destroyed before its successor exists
//!
//! When the certificate must be replaced, Terraform destroys the old one first.
//!
//! **Why.** A listener still uses it, so the apply fails, or the site is without TLS until the new one is valid.
//!
//! **Fix.** Write `lifecycle { create_before_destroy = true }`.
//!
//! ```hcl,fail
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//!
//!   lifecycle {
//!     create_before_destroy = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_acm_certificate" "site" {
//!   count = var.n
//!
//!   domain_name       = "example.com"
//!   validation_method = "DNS"
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ACM001",
    name: "certificate-replacement",
    severity: Severity::Low,
    resources: &["aws_acm_certificate"],
    aliases: &["CKV_AWS_233", "aws_acm_certificate_lifecycle"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/acm_certificate",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("make a successor first", &[Want::set("lifecycle.create_before_destroy", "true")]);

/// Judges a certificate.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let first = At::certain(it.resource.lifecycle.create_before_destroy);
    check.require(
        first,
        "the certificate is destroyed before its successor exists",
        "a successor exists first",
    );
}
