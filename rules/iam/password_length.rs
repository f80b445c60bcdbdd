//! # Passwords of the account may be short
//!
//! The password policy allows fewer than 14 characters.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `minimum_password_length = 14`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   minimum_password_length = 8
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   minimum_password_length = 14
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   minimum_password_length = var.n
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM024",
    name: "password-length",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_10",
        "AVD-AWS-0063",
        "aws-iam-set-minimum-password-length",
        "1bc1c685-e593-450e-88fb-19db4c82aa1d",
        "AC_AWS_0142",
        "AC_AWS_0141",
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
    Fix::safe("ask for 14 characters", &[Want::set("minimum_password_length", "14")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.number("minimum_password_length").is(|length| length >= 14),
        "passwords may be shorter than 14 characters",
        "passwords have 14 characters",
    );
}
