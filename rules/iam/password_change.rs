//! # People cannot change their passwords
//!
//! The password policy does not let people change their own password.
//!
//! **Why.** Guessed and stolen passwords are still the cheapest way in.
//!
//! **Fix.** Set `allow_users_to_change_password = true`.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   allow_users_to_change_password = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   allow_users_to_change_password = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   allow_users_to_change_password = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM038",
    name: "password-change",
    severity: Severity::Low,
    resources: &["aws_iam_account_password_policy"],
    aliases: &["9ef7d25d-9764-4224-9968-fa321c56ef76"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_account_password_policy",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe(
    "let people change their passwords",
    &[Want::set("allow_users_to_change_password", "true")],
);

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("allow_users_to_change_password").or(true),
        "people cannot change their passwords",
        "people can change their passwords",
    );
}
