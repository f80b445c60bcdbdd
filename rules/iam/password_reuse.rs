//! # Passwords of the past may be used again
//!
//! The password policy remembers fewer than 24 passwords.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `password_reuse_prevention = 24`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   password_reuse_prevention = 5
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   password_reuse_prevention = 24
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   password_reuse_prevention = var.n
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM035",
    name: "password-reuse",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_13",
        "AVD-AWS-0056",
        "aws-iam-no-password-reuse",
        "89806cdc-9c2e-4bd1-a0dc-53f339bcfb2a",
        "AC_AWS_0472",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_account_password_policy",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("refuse the last 24 passwords", &[Want::set("password_reuse_prevention", "24")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.number("password_reuse_prevention").is(|past| past >= 24),
        "passwords of the past may be used again",
        "the last 24 passwords are refused",
    );
}
