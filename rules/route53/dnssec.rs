//! # Answers of a public zone can be forged
//!
//! The zone is not signed (DNSSEC).
//!
//! **Why.** Whoever answers first can send your visitors somewhere else.
//!
//! **Fix.** Add an `aws_route53_key_signing_key` and an `aws_route53_hosted_zone_dnssec`.
//!
//! ```hcl,fail
//! resource "aws_route53_zone" "site" {
//!   name = "example.com"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_route53_zone" "site" {
//!   name = "example.com"
//! }
//!
//! resource "aws_route53_hosted_zone_dnssec" "site" {
//!   hosted_zone_id = aws_route53_zone.site.id
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "zone" {
//!   type = string
//! }
//!
//! resource "aws_route53_zone" "site" {
//!   name = "example.com"
//! }
//!
//! resource "aws_route53_hosted_zone_dnssec" "site" {
//!   hosted_zone_id = var.zone
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "R53001",
    name: "dnssec",
    severity: Severity::Medium,
    resources: &["aws_route53_zone"],
    aliases: &["CKV2_AWS_38"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route53_zone",
    ],
};

/// Judges a zone.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let private = it
        .is_set("vpc")
        .or_else(check.companions(it, "aws_route53_zone_association", "zone_id").exist());
    let keys = check.companions(it, "aws_route53_key_signing_key", "hosted_zone_id");
    let signed = check.companions(it, "aws_route53_hosted_zone_dnssec", "hosted_zone_id");
    let signed =
        signed.any(|zone| zone.text("signing_status").is_null_or(|status| status == "SIGNING"));
    let by_key = keys
        .any(|key| key.text("status").is_null_or(|status| status == "ACTIVE"))
        .and(signed.clone());
    check.require(
        signed.or_else(by_key).or_else(private),
        "answers of the zone can be forged",
        "answers of the zone are signed",
    );
}
