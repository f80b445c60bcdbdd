//! # A secret is never changed
//!
//! No rotation is set up for the secret.
//!
//! **Why.** What leaked once works for ever.
//!
//! **Fix.** Add an `aws_secretsmanager_secret_rotation` with a function that changes the secret.
//!
//! ```hcl,fail
//! resource "aws_secretsmanager_secret" "db" {
//!   name = "db"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_secretsmanager_secret" "db" {
//!   name = "db"
//! }
//!
//! resource "aws_secretsmanager_secret_rotation" "db" {
//!   secret_id           = aws_secretsmanager_secret.db.id
//!   rotation_lambda_arn = "arn:aws:lambda:eu-west-3:123456789012:function:rotate"
//!
//!   rotation_rules {
//!     automatically_after_days = 30
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "secret" {
//!   type = string
//! }
//!
//! resource "aws_secretsmanager_secret" "db" {
//!   name = "db"
//! }
//!
//! resource "aws_secretsmanager_secret_rotation" "db" {
//!   secret_id           = var.secret
//!   rotation_lambda_arn = "arn:aws:lambda:eu-west-3:123456789012:function:rotate"
//!
//!   rotation_rules {
//!     automatically_after_days = 30
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SEC002",
    name: "secret-rotation",
    severity: Severity::Low,
    resources: &["aws_secretsmanager_secret"],
    aliases: &["CKV2_AWS_57", "SECRETSMANAGER_ROTATION_ENABLED_CHECK"],
    controls: &[("FSBP", "SecretsManager.1"), ("FSBP", "SecretsManager.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-2",
    ],
};

/// Judges a secret.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let rotated = check.companions(it, "aws_secretsmanager_secret_rotation", "secret_id").exist();
    check.require(
        rotated,
        "the secret is never changed",
        "the secret is changed from time to time",
    );
}
