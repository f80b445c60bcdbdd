//! # Passwords need no symbol
//!
//! The password policy asks for no symbol.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `require_symbols = true`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_symbols = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_symbols = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   require_symbols = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM036",
    name: "password-symbol",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_14",
        "AVD-AWS-0060",
        "aws-iam-require-symbols-in-passwords",
        "bts2c3d4-e5f6-7890-ab12-cd34ef567890",
        "AC_AWS_0137",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_account_password_policy",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe("ask for a symbol", &[Want::set("require_symbols", "true")]);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("require_symbols"),
        "passwords need no symbol",
        "passwords need a symbol",
    );
}
