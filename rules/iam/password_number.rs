//! # Passwords need no digit
//!
//! The password policy asks for no digit.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `require_numbers = true`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_numbers = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_numbers = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_numbers = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM034",
    name: "password-number",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_12",
        "AVD-AWS-0059",
        "aws-iam-require-numbers-in-passwords",
        "0df2ce76-ba56-445a-89f8-5ba34b7fafe3",
        "AC_AWS_0136",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_account_password_policy",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe("ask for a digit", &[Want::set("require_numbers", "true")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(it.flag("require_numbers"), "passwords need no digit", "passwords need a digit");
}
