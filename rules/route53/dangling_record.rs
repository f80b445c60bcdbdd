//! # A record points at an address that is not yours
//!
//! An A or AAAA record holds an address as a number, which nothing of this stack has.
//!
//! **Why.** When the address is given back, whoever gets it next answers in your name.
//!
//! **Fix.** Point at the resource itself: an `alias`, or the address of an `aws_eip`.
//!
//! ```hcl,fail
//! resource "aws_route53_record" "www" {
//!   zone_id = "Z1"
//!   name    = "www"
//!   type    = "A"
//!   ttl     = 300
//!   records = ["52.47.1.1"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_eip" "www" {
//!   domain = "vpc"
//! }
//!
//! resource "aws_route53_record" "www" {
//!   zone_id = "Z1"
//!   name    = "www"
//!   type    = "A"
//!   ttl     = 300
//!   records = [aws_eip.www.public_ip]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_route53_record" "www" {
//!   zone_id = "Z1"
//!   name    = "www"
//!   type    = "A"
//!   ttl     = 300
//!   records = var.items
//! }
//! ```
//!
//! **Limits.** Addresses of private networks, and those that come from another resource, pass.

use check::{Check, Instance, Meta, Severity};
use model::Attr;
use reach::Addresses;
use stack::Origin;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "R53004",
    name: "dangling-record",
    severity: Severity::High,
    resources: &["aws_route53_record"],
    aliases: &["CKV2_AWS_23", "25db74bf-fa3b-44da-934e-8c3e005c0453", "AC_AWS_0205"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route53_record",
    ],
};

/// Judges a record.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let address = it.text("type").is(|kind| kind == "A" || kind == "AAAA");
    if address.is_false() {
        return;
    }
    let records = it.texts("records");
    if let Attr::Unknown(value) = records.attr {
        if value
            .as_unknown()
            .is_some_and(|unknown| !matches!(unknown.origin, Origin::Resource { .. }))
        {
            check.unknown(value, "records", "it is not known whether the address is yours");
        }
        return;
    }
    for record in records.attr.elements() {
        let Attr::Known(text, value) = record else { continue };
        let global = text.parse().is_ok_and(|address| Addresses::internet().has(address));
        if global && address.is_true() {
            check.fail(
                value,
                "records",
                "the record holds an address that nothing of this stack has",
            );
        }
    }
}
