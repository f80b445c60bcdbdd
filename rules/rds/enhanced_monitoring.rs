//! # A database's machine is not watched
//!
//! Enhanced monitoring is off.
//!
//! **Why.** Which process takes the memory or the disk cannot be seen when the database is slow.
//!
//! **Fix.** Set `monitoring_interval` (1 to 60 seconds) and `monitoring_role_arn`.
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
//!   monitoring_interval = 60
//!   monitoring_role_arn = "arn:aws:iam::123456789012:role/rds"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine              = "postgres"
//!   instance_class      = "db.t4g.micro"
//!   monitoring_interval = var.n
//!   monitoring_role_arn = "arn:aws:iam::123456789012:role/rds"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS004",
    name: "enhanced-monitoring",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &["CKV_AWS_118", "RDS_ENHANCED_MONITORING_ENABLED"],
    controls: &[("FSBP", "RDS.6")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-6"],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let watched = it.number("monitoring_interval").is(|seconds| seconds > 0);
    check.require(
        watched,
        "the database's machine is not watched",
        "the database's machine is watched",
    );
}
