//! # A database knows passwords only
//!
//! IAM authentication is off.
//!
//! **Why.** Passwords are copied, shared and never changed; a token of IAM ends after 15 minutes.
//!
//! **Fix.** Set `iam_database_authentication_enabled = true`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine                              = "postgres"
//!   instance_class                      = "db.t4g.micro"
//!   iam_database_authentication_enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                              = "postgres"
//!   instance_class                      = "db.t4g.micro"
//!   iam_database_authentication_enabled = var.on
//! }
//! ```
//!
//! **Limits.** Only MySQL, MariaDB and PostgreSQL have it: other engines are not judged.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS014",
    name: "iam-authentication",
    severity: Severity::Medium,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[
        "CKV_AWS_161",
        "AVD-AWS-0176",
        "aws-rds-enable-iam-auth",
        "88fd05e0-ac0e-43d2-ba6d-fc0ba60ae1a6",
        "AC_AWS_0053",
        "CKV_AWS_162",
    ],
    controls: &[("FSBP", "RDS.10"), ("FSBP", "RDS.12")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-10",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-12",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "let people sign in by IAM",
    &[Want::set("iam_database_authentication_enabled", "true")],
);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let other = it.text("engine").is(|engine| {
        !["mysql", "postgres", "mariadb"].iter().any(|known| engine.contains(known))
            && !engine.starts_with("aurora")
    });
    let on = it.flag("iam_database_authentication_enabled");
    check.require(
        on.or_else(other),
        "the database knows passwords only",
        "people sign in to the database by IAM",
    );
}
