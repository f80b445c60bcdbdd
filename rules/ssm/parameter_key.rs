//! # A secret parameter is not encrypted with a key of your own
//!
//! The `SecureString` uses the key that AWS keeps for the service.
//!
//! **Why.** There is no second lock: who may read parameters reads it.
//!
//! **Fix.** Set `key_id`.
//!
//! ```hcl,fail
//! resource "aws_ssm_parameter" "password" {
//!   name  = "/web/db_password"
//!   type  = "SecureString"
//!   value = "x"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ssm_parameter" "password" {
//!   name   = "/web/db_password"
//!   type   = "SecureString"
//!   value  = "x"
//!   key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_ssm_parameter" "password" {
//!   name   = "/web/db_password"
//!   type   = "SecureString"
//!   value  = "x"
//!   key_id = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SSM002",
    name: "parameter-key",
    severity: Severity::Low,
    resources: &["aws_ssm_parameter"],
    aliases: &["CKV_AWS_337"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ssm_parameter",
    ],
};

/// Judges a parameter.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let secret = it.text("type").is(|kind| kind == "SecureString");
    let own = check.own_key(it.text("key_id"));
    check.require(
        own.or_else(!secret),
        "the parameter is not encrypted with a key of your own",
        "the parameter has a key of your own",
    );
}
