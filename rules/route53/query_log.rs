//! # Questions to a zone are not logged
//!
//! Nobody keeps what names are asked for.
//!
//! **Why.** Which machine talks to a name that it should not know cannot be found out.
//!
//! **Fix.** Add an `aws_route53_query_log` for the zone.
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
//! resource "aws_route53_query_log" "site" {
//!   zone_id                  = aws_route53_zone.site.zone_id
//!   cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:dns"
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
//! resource "aws_route53_query_log" "site" {
//!   zone_id                  = var.zone
//!   cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:dns"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "R53002",
    name: "query-log",
    severity: Severity::Low,
    resources: &["aws_route53_zone"],
    aliases: &["CKV2_AWS_39", "7dbba512-e244-42dc-98bb-422339827967", "AC_AWS_0204"],
    controls: &[("FSBP", "Route53.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/route53-controls.html#route53-2",
    ],
};

/// Judges a zone.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let private = it.is_set("vpc");
    let logged = check.companions(it, "aws_route53_query_log", "zone_id").exist();
    check.require(
        logged.or_else(private),
        "questions to the zone are not logged",
        "questions to the zone are logged",
    );
}
