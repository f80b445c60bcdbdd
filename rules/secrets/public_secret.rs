//! # A secret's policy lets everybody in
//!
//! A statement allows something to everybody (`*`), and no condition says who or from where.
//!
//! **Why.** Everybody with an AWS account may read, or replace, the secret.
//!
//! **Fix.** Name the accounts or roles.
//!
//! ```hcl,fail
//! resource "aws_secretsmanager_secret_policy" "db" {
//!   secret_arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_secretsmanager_secret_policy" "db" {
//!   secret_arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = { AWS = "arn:aws:iam::123456789012:role/web" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_secretsmanager_secret_policy" "db" {
//!   secret_arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db"
//!   policy     = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SEC004",
    name: "public-secret",
    severity: Severity::High,
    resources: &["aws_secretsmanager_secret", "aws_secretsmanager_secret_policy"],
    aliases: &["fa00ce45-386d-4718-8392-fb485e1f3c5b", "AC_AWS_0501"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/secretsmanager_secret",
    ],
};

/// Judges a secret or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the policy lets everybody in",
    );
}
