//! # A parameter is kept in plain text
//!
//! The parameter is no `SecureString`: who may list parameters may read it.
//!
//! **Why.** What starts as a harmless setting becomes a password one day, and nobody changes the type.
//!
//! **Fix.** Set `type = "SecureString"` for whatever is secret.
//!
//! ```hcl,fail
//! resource "aws_ssm_parameter" "password" {
//!   name  = "/web/db_password"
//!   type  = "String"
//!   value = "x"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ssm_parameter" "password" {
//!   name  = "/web/db_password"
//!   type  = "SecureString"
//!   value = "x"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "type" {
//!   type = string
//! }
//!
//! resource "aws_ssm_parameter" "password" {
//!   name  = "/web/db_password"
//!   type  = var.type
//!   value = "x"
//! }
//! ```
//!
//! **Limits.** The name decides: a parameter that is not called like a secret (password, secret, token, key, credential) passes
//! with any type.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SSM001",
    name: "plain-parameter",
    severity: Severity::Medium,
    resources: &["aws_ssm_parameter"],
    aliases: &["CKV2_AWS_34"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ssm_parameter",
    ],
};

/// Words in the names of secrets.
const WORDS: [&str; 7] =
    ["password", "passwd", "secret", "token", "credential", "private_key", "api_key"];

/// Judges a parameter.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let named = it.text("name").is(|name| {
        let name = name.to_ascii_lowercase().replace('-', "_");
        WORDS.iter().any(|word| name.contains(word))
    });
    let secure = it.text("type").is(|kind| kind == "SecureString");
    check.require(
        secure.or_else(!named),
        "a secret is kept in plain text",
        "a secret is kept in plain text",
    );
}
