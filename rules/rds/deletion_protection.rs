//! # A database can be deleted by mistake
//!
//! Deletion protection is off.
//!
//! **Why.** One wrong `destroy`, or a change that replaces the database, and the data is gone.
//!
//! **Fix.** Set `deletion_protection = true`.
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
//!   engine              = "postgres"
//!   instance_class      = "db.t4g.micro"
//!   deletion_protection = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine              = "postgres"
//!   instance_class      = "db.t4g.micro"
//!   deletion_protection = var.on
//! }
//! ```
//!
//! **Limits.** Instances of a cluster are not judged: the cluster is.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS007",
    name: "deletion-protection",
    severity: Severity::Medium,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[
        "CKV_AWS_293",
        "AVD-AWS-0177",
        "aws-rds-enable-deletion-protection",
        "RDS_INSTANCE_DELETION_PROTECTION_ENABLED",
        "CKV_AWS_139",
        "AVD-AWS-0343",
        "aws-rds-enable-cluster-deletion-protection",
    ],
    controls: &[("FSBP", "RDS.8"), ("FSBP", "RDS.7")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-8",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-7",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("protect the database from deletion", &[Want::set("deletion_protection", "true")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("deletion_protection"),
        "the database can be deleted by mistake",
        "the database is protected from deletion",
    );
}
