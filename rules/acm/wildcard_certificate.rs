//! # A certificate holds for every name of a domain
//!
//! The certificate's name, or one of its other names, is a wildcard.
//!
//! **Why.** Whoever gets the key of one small site can pass for all the others.
//!
//! **Fix.** Name each host.
//!
//! ```hcl,fail
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "*.example.com"
//!   validation_method = "DNS"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = "www.example.com"
//!   validation_method = "DNS"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "domain" {
//!   type = string
//! }
//!
//! resource "aws_acm_certificate" "site" {
//!   domain_name       = var.domain
//!   validation_method = "DNS"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ACM003",
    name: "wildcard-certificate",
    severity: Severity::Low,
    resources: &["aws_acm_certificate"],
    aliases: &["CKV2_AWS_71"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/acm_certificate",
    ],
};

/// Judges a certificate.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the certificate holds for every name of a domain";
    check.require(!it.text("domain_name").is(|name| name.starts_with('*')), WRONG, WRONG);
    for other in it.texts("subject_alternative_names").attr.elements() {
        let wide = At { path: "subject_alternative_names".into(), attr: *other };
        check.require(!wide.is(|name| name.starts_with('*')), WRONG, WRONG);
    }
}
