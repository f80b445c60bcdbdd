//! # Passwords of the account last for ever
//!
//! The password policy asks for no new password within 90 days.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `max_password_age = 90`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   max_password_age = 365
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   max_password_age = 90
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   max_password_age = var.days
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM032",
    name: "password-age",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_9",
        "AVD-AWS-0062",
        "aws-iam-set-max-password-age",
        "ce60d060-efb8-4bfd-9cf7-ff8945d00d90",
        "AC_AWS_0138",
    ],
    controls: &[("FSBP", "IAM.7"), ("FSBP", "IAM.10")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-10",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("end passwords after 90 days", &[Want::set("max_password_age", "90")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.number("max_password_age").is(|days| (1..=90).contains(&days)),
        "passwords may be older than 90 days",
        "passwords end after 90 days",
    );
}
