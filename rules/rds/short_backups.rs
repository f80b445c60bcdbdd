//! # A database is backed up for too short a time
//!
//! Backups are kept for less than seven days.
//!
//! **Why.** A mistake of last week cannot be undone.
//!
//! **Fix.** Set `backup_retention_period` to 7 or more.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine                  = "postgres"
//!   instance_class          = "db.t4g.micro"
//!   backup_retention_period = 1
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine                  = "postgres"
//!   instance_class          = "db.t4g.micro"
//!   backup_retention_period = 7
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                  = "postgres"
//!   instance_class          = "db.t4g.micro"
//!   backup_retention_period = var.days
//! }
//! ```
//!
//! **Limits.** Replicas are not judged.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS032",
    name: "short-backups",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[],
    controls: &[("FSBP", "RDS.11")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("keep backups for a week", &[Want::set("backup_retention_period", "7")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let kept = it
        .number("backup_retention_period")
        .is(|days| days >= 7)
        .or_else(it.is_set("replicate_source_db"));
    check.require(kept, "backups are kept for less than a week", "backups are kept for a week");
}
