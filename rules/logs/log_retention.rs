//! # Logs are kept for ever
//!
//! The log group has no retention.
//!
//! **Why.** Storage is billed every month for all that was ever written, and personal data stays longer than it may.
//!
//! **Fix.** Set `retention_in_days`.
//!
//! ```hcl,fail
//! resource "aws_cloudwatch_log_group" "front" {
//!   name = "/ecs/front"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_log_group" "front" {
//!   name              = "/ecs/front"
//!   retention_in_days = 30
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_cloudwatch_log_group" "front" {
//!   name              = "/ecs/front"
//!   retention_in_days = var.days
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, CloudwatchLogGroup};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LOG001",
    name: "log-retention",
    severity: Severity::Medium,
    resources: &["aws_cloudwatch_log_group"],
    aliases: &[
        "CKV_AWS_66",
        "ef0b316a-211e-42f1-888e-64efe172b755",
        "AC_AWS_0452",
        "CW_LOGGROUP_RETENTION_PERIOD_CHECK",
    ],
    controls: &[("FSBP", "CloudWatch.16")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("keep logs for a year", &[Want::set("retention_in_days", "365")]);

/// Judges a log group.
pub fn check<'a>(group: &CloudwatchLogGroup<'a>, check: &mut Check<'a>) {
    match group.retention_in_days {
        Attr::Known(0, value) | Attr::Null(value) => {
            check.fail(value, "retention_in_days", "logs are kept, and paid for, for ever");
        }
        Attr::Unknown(value) => {
            check.unknown(value, "retention_in_days", "it is not known how long logs are kept");
        }
        Attr::Known(..) => {}
    }
}
