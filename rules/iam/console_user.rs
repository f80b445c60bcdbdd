//! # A user signs in with a password
//!
//! The stack makes a password for the console, or lets a user keep the one that it makes.
//!
//! **Why.** The password stands in the state, and others know it.
//!
//! **Fix.** Let people in by IAM Identity Center; at least leave `password_reset_required` on and set `pgp_key`.
//!
//! ```hcl,fail
//! resource "aws_iam_user_login_profile" "ada" {
//!   user                    = "ada"
//!   pgp_key                 = "keybase:ada"
//!   password_reset_required = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_user_login_profile" "ada" {
//!   user                    = "ada"
//!   pgp_key                 = "keybase:ada"
//!   password_reset_required = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_iam_user_login_profile" "ada" {
//!   user                    = "ada"
//!   pgp_key                 = "keybase:ada"
//!   password_reset_required = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM020",
    name: "console-user",
    severity: Severity::Medium,
    resources: &["aws_iam_user_login_profile"],
    aliases: &[
        "CKV2_AWS_22",
        "9ec311bf-dfd9-421f-8498-0b063c8bc552",
        "b592ffd4-0577-44b6-bd35-8c5ee81b5918",
        "AC_AWS_0148",
        "IAM_USER_LOGIN_PROFILE_USES_SECURE_PARAMETER",
        "IAM_USER_LOGIN_PROFILE_USES_SECURE_SERVICE",
        "IAM_USER_LOGIN_PROFILE_NO_PLAINTEXT_PASSWORD",
        "IAM_USER_LOGIN_PROFILE_PASSWORD_RESET_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_user_login_profile",
    ],
};

/// Judges a login profile.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let changed = it.flag("password_reset_required");
    check.require(
        changed,
        "the user keeps the password that Terraform made",
        "the user must change the password",
    );
    let sealed = it.is_set("pgp_key");
    check.require(
        sealed,
        "the password stands in the state",
        "the password is encrypted in the state",
    );
}
