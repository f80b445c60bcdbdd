//! # Passwords need no upper-case letter
//!
//! The password policy asks for no upper-case letter.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `require_uppercase_characters = true`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_uppercase_characters = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_uppercase_characters = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_uppercase_characters = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM037",
    name: "password-uppercase",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_15",
        "AVD-AWS-0061",
        "aws-iam-require-uppercase-in-passwords",
        "2c3d4ghwt-e5f6-7890-ab12-cd34ef567890",
        "AC_AWS_0135",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_account_password_policy",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("ask for an upper-case letter", &[Want::set("require_uppercase_characters", "true")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("require_uppercase_characters"),
        "passwords need no upper-case letter",
        "passwords need an upper-case letter",
    );
}
