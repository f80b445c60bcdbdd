//! # Passwords need no lower-case letter
//!
//! The password policy asks for no lower-case letter.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `require_lowercase_characters = true`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_lowercase_characters = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_lowercase_characters = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_lowercase_characters = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM033",
    name: "password-lowercase",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_11",
        "AVD-AWS-0058",
        "aws-iam-require-lowercase-in-passwords",
        "a1b2c3d4-e5f6-7890-ab12-cd34ef567890",
        "AC_AWS_0134",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_account_password_policy",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("ask for a lower-case letter", &[Want::set("require_lowercase_characters", "true")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("require_lowercase_characters"),
        "passwords need no lower-case letter",
        "passwords need a lower-case letter",
    );
}
