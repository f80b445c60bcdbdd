//! # Passwords of the account may be weak
//!
//! The account's password policy asks for too little: 14 characters, upper and lower case, a digit and a symbol, none of the
//! last 24, a new one every 90 days.
//!
//! **Why.** Guessed passwords are still the cheapest way in.
//!
//! **Fix.** Set each argument as in the example.
//!
//! ```hcl,fail
//! resource "aws_iam_account_password_policy" "strict" {
//!   minimum_password_length        = 8
//!   require_lowercase_characters   = true
//!   require_uppercase_characters   = true
//!   require_numbers                = true
//!   require_symbols                = true
//!   password_reuse_prevention      = 24
//!   max_password_age               = 90
//!   allow_users_to_change_password = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_account_password_policy" "strict" {
//!   minimum_password_length        = 14
//!   require_lowercase_characters   = true
//!   require_uppercase_characters   = true
//!   require_numbers                = true
//!   require_symbols                = true
//!   password_reuse_prevention      = 24
//!   max_password_age               = 90
//!   allow_users_to_change_password = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_iam_account_password_policy" "strict" {
//!   minimum_password_length        = var.n
//!   require_lowercase_characters   = true
//!   require_uppercase_characters   = true
//!   require_numbers                = true
//!   require_symbols                = true
//!   password_reuse_prevention      = 24
//!   max_password_age               = 90
//!   allow_users_to_change_password = true
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM024",
    name: "password-policy",
    severity: Severity::Medium,
    resources: &["aws_iam_account_password_policy"],
    aliases: &[
        "CKV_AWS_9",
        "AVD-AWS-0062",
        "aws-iam-set-max-password-age",
        "ce60d060-efb8-4bfd-9cf7-ff8945d00d90",
        "AC_AWS_0138",
        "CKV_AWS_10",
        "AVD-AWS-0063",
        "aws-iam-set-minimum-password-length",
        "1bc1c685-e593-450e-88fb-19db4c82aa1d",
        "AC_AWS_0142",
        "AC_AWS_0141",
        "CKV_AWS_11",
        "AVD-AWS-0058",
        "aws-iam-require-lowercase-in-passwords",
        "a1b2c3d4-e5f6-7890-ab12-cd34ef567890",
        "AC_AWS_0134",
        "CKV_AWS_12",
        "AVD-AWS-0059",
        "aws-iam-require-numbers-in-passwords",
        "0df2ce76-ba56-445a-89f8-5ba34b7fafe3",
        "AC_AWS_0136",
        "CKV_AWS_13",
        "AVD-AWS-0056",
        "aws-iam-no-password-reuse",
        "89806cdc-9c2e-4bd1-a0dc-53f339bcfb2a",
        "AC_AWS_0472",
        "CKV_AWS_14",
        "AVD-AWS-0060",
        "aws-iam-require-symbols-in-passwords",
        "bts2c3d4-e5f6-7890-ab12-cd34ef567890",
        "AC_AWS_0137",
        "CKV_AWS_15",
        "AVD-AWS-0061",
        "aws-iam-require-uppercase-in-passwords",
        "2c3d4ghwt-e5f6-7890-ab12-cd34ef567890",
        "AC_AWS_0135",
        "9ef7d25d-9764-4224-9968-fa321c56ef76",
    ],
    controls: &[("FSBP", "IAM.7"), ("FSBP", "IAM.10")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-10",
    ],
};

/// Judges the policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let length = it.number("minimum_password_length").is(|length| length >= 14);
    check.require(
        length,
        "passwords may be shorter than 14 characters",
        "passwords have 14 characters",
    );
    for (name, what) in [
        ("require_lowercase_characters", "a lower-case letter"),
        ("require_uppercase_characters", "an upper-case letter"),
        ("require_numbers", "a digit"),
        ("require_symbols", "a symbol"),
    ] {
        check.require(
            it.flag(name),
            &format!("passwords need not have {what}"),
            &format!("passwords must have {what}"),
        );
    }
    let reuse = it.number("password_reuse_prevention").is(|past| past >= 24);
    check.require(
        reuse,
        "passwords of the past may be used again",
        "the last 24 passwords are refused",
    );
    let age = it.number("max_password_age").is(|days| (1..=90).contains(&days));
    check.require(age, "passwords may be older than 90 days", "passwords end after 90 days");
    check.require(
        it.flag("allow_users_to_change_password").or(true),
        "people cannot change their passwords",
        "people can change their passwords",
    );
}
