//! # A database is not backed up
//!
//! Backups are off, or are to be kept for more than the 35 days that AWS allows.
//!
//! **Why.** What is overwritten, deleted or broken is gone.
//!
//! **Fix.** Set `backup_retention_period` to a number of days from 1 to 35.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine                  = "postgres"
//!   instance_class          = "db.t4g.micro"
//!   backup_retention_period = 0
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
//! **Limits.** Replicas are not judged; without a word AWS keeps backups for one day.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS006",
    name: "backups",
    severity: Severity::Medium,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[
        "CKV_AWS_133",
        "AVD-AWS-0077",
        "aws-rds-specify-backup-retention",
        "1dc73fb4-5b51-430c-8c5f-25dcf9090b02",
        "e542bd46-58c4-4e0f-a52a-1fb4f9548e02",
        "AC_AWS_0052",
        "AC_AWS_0495",
        "DB_INSTANCE_BACKUP_ENABLED",
    ],
    controls: &[("FSBP", "RDS.11")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("keep backups for a week", &[Want::set("backup_retention_period", "7")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let kept = it.number("backup_retention_period").is_null_or(|days| (1..=35).contains(&days));
    let kept = kept.or_else(it.is_set("replicate_source_db"));
    check.require(kept, "the database is not backed up", "the database is backed up");
}
