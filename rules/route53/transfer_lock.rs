//! # A domain can be taken away
//!
//! The domain's transfer lock is off.
//!
//! **Why.** Whoever gets into the registrar's account moves the name, and all mail and visitors with it.
//!
//! **Fix.** Leave `transfer_lock` out, or set it to `true`.
//!
//! ```hcl,fail
//! resource "aws_route53domains_registered_domain" "site" {
//!   domain_name   = "example.com"
//!   transfer_lock = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_route53domains_registered_domain" "site" {
//!   domain_name = "example.com"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_route53domains_registered_domain" "site" {
//!   domain_name   = "example.com"
//!   transfer_lock = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "R53003",
    name: "transfer-lock",
    severity: Severity::Medium,
    resources: &["aws_route53domains_registered_domain"],
    aliases: &["CKV_AWS_377"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route53domains_registered_domain",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe("lock the domain", &[Want::set("transfer_lock", "true")]);

/// Judges a domain.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("transfer_lock").or(true),
        "the domain can be taken away",
        "the domain is locked",
    );
}
