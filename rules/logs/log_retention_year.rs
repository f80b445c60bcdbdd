//! # Logs are kept for less than a year
//!
//! The log group keeps events for less than 365 days.
//!
//! **Why.** Break-ins are found after months; without the logs of then nobody can say what was taken.
//!
//! **Fix.** Set `retention_in_days` to 365 or more for what an audit may ask for.
//!
//! ```hcl,fail
//! resource "aws_cloudwatch_log_group" "web" {
//!   name              = "web"
//!   retention_in_days = 30
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_log_group" "web" {
//!   name              = "web"
//!   retention_in_days = 400
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_cloudwatch_log_group" "web" {
//!   name              = "web"
//!   retention_in_days = var.days
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LOG002",
    name: "log-retention-year",
    severity: Severity::Low,
    resources: &["aws_cloudwatch_log_group"],
    aliases: &["CKV_AWS_338", "AC_AWS_0041"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudwatch_log_group",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe("keep logs for a year", &[Want::set("retention_in_days", "365")]);

/// Judges a log group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let year = it.number("retention_in_days").is_null_or(|days| days == 0 || days >= 365);
    check.require(year, "logs are kept for less than a year", "logs are kept for a year");
}
