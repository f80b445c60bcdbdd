//! # A secret is changed too seldom
//!
//! More than 90 days lie between two changes of the secret.
//!
//! **Why.** What leaked works until the next change.
//!
//! **Fix.** Set `automatically_after_days` to 90 or less.
//!
//! ```hcl,fail
//! resource "aws_secretsmanager_secret_rotation" "db" {
//!   secret_id           = "db"
//!   rotation_lambda_arn = "arn:aws:lambda:eu-west-3:123456789012:function:rotate"
//!
//!   rotation_rules {
//!     automatically_after_days = 365
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_secretsmanager_secret_rotation" "db" {
//!   secret_id           = "db"
//!   rotation_lambda_arn = "arn:aws:lambda:eu-west-3:123456789012:function:rotate"
//!
//!   rotation_rules {
//!     automatically_after_days = 30
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_secretsmanager_secret_rotation" "db" {
//!   secret_id           = "db"
//!   rotation_lambda_arn = "arn:aws:lambda:eu-west-3:123456789012:function:rotate"
//!
//!   rotation_rules {
//!     automatically_after_days = var.days
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SEC003",
    name: "rotation-interval",
    severity: Severity::Medium,
    resources: &["aws_secretsmanager_secret_rotation"],
    aliases: &["CKV_AWS_304"],
    controls: &[("FSBP", "SecretsManager.4")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-4",
    ],
};

/// Judges a rotation.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let days = it.number("rotation_rules.automatically_after_days").is_null_or(|days| days <= 90);
    // `rate(30 days)`; a `cron(…)` comes at least once a year, and says so itself.
    let rate = it.text("rotation_rules.schedule_expression").is_null_or(|schedule| {
        let inside = schedule.strip_prefix("rate(").and_then(|rest| rest.split(' ').next());
        inside
            .and_then(|days| days.parse::<u32>().ok())
            .is_none_or(|days| days <= 90 || schedule.contains("hour"))
    });
    let often = days.and(rate);
    check.require(
        often,
        "more than 90 days lie between two changes of the secret",
        "the secret is changed within 90 days",
    );
}
