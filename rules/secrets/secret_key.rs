//! # A secret is not encrypted with a key of your own
//!
//! The secret uses the key that AWS keeps for the service.
//!
//! **Why.** Everybody in the account who may read secrets reads it: there is no second lock, and it cannot be shared with
//! another account.
//!
//! **Fix.** Set `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_secretsmanager_secret" "db" {
//!   name = "db"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_secretsmanager_secret" "db" {
//!   name       = "db"
//!   kms_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_secretsmanager_secret" "db" {
//!   name       = "db"
//!   kms_key_id = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SEC001",
    name: "secret-key",
    severity: Severity::Low,
    resources: &["aws_secretsmanager_secret"],
    aliases: &[
        "CKV_AWS_149",
        "AVD-AWS-0098",
        "aws-ssm-secret-use-customer-key",
        "b0d3ef3f-845d-4b1b-83d6-63a5a380375f",
        "a2f548f2-188c-4fff-b172-e9a6acb216bd",
        "AC_AWS_0500",
        "SECRETSMANAGER_USING_CMK",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/secretsmanager_secret",
    ],
};

/// Judges a secret.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(
        own,
        "the secret is not encrypted with a key of your own",
        "the secret has a key of your own",
    );
}
