//! # An alarm tells nobody
//!
//! The alarm has no action, or its actions are off.
//!
//! **Why.** It goes red, and nobody hears it.
//!
//! **Fix.** Name a topic in `alarm_actions`, and leave `actions_enabled` out.
//!
//! ```hcl,fail
//! resource "aws_cloudwatch_metric_alarm" "errors" {
//!   alarm_name          = "errors"
//!   comparison_operator = "GreaterThanThreshold"
//!   evaluation_periods  = 1
//!   metric_name         = "5XXError"
//!   namespace           = "AWS/ApplicationELB"
//!   period              = 60
//!   statistic           = "Sum"
//!   threshold           = 1
//!   alarm_actions       = ["arn:aws:sns:eu-west-3:123456789012:alarms"]
//!   actions_enabled     = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_metric_alarm" "errors" {
//!   alarm_name          = "errors"
//!   comparison_operator = "GreaterThanThreshold"
//!   evaluation_periods  = 1
//!   metric_name         = "5XXError"
//!   namespace           = "AWS/ApplicationELB"
//!   period              = 60
//!   statistic           = "Sum"
//!   threshold           = 1
//!   alarm_actions       = ["arn:aws:sns:eu-west-3:123456789012:alarms"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_cloudwatch_metric_alarm" "errors" {
//!   alarm_name          = "errors"
//!   comparison_operator = "GreaterThanThreshold"
//!   evaluation_periods  = 1
//!   metric_name         = "5XXError"
//!   namespace           = "AWS/ApplicationELB"
//!   period              = 60
//!   statistic           = "Sum"
//!   threshold           = 1
//!   alarm_actions       = ["arn:aws:sns:eu-west-3:123456789012:alarms"]
//!   actions_enabled     = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CW001",
    name: "silent-alarm",
    severity: Severity::Medium,
    resources: &["aws_cloudwatch_metric_alarm"],
    aliases: &["CKV_AWS_319", "CLOUDWATCH_ALARM_ACTION_CHECK"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudwatch_metric_alarm",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("turn the alarm's actions on", &[Want::own("actions_enabled", "true")]);

/// Judges an alarm.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("actions_enabled").or(true),
        "the alarm's actions are off",
        "the alarm's actions are on",
    );
    let actions =
        ["alarm_actions", "ok_actions", "insufficient_data_actions"].map(|name| it.is_set(name));
    let any = actions.into_iter().fold(At::certain(false), At::or_else);
    check.require(any, "the alarm has no action", "the alarm has an action");
}
