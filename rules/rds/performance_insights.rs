//! # Slow statements of a database are not seen
//!
//! Performance Insights is off.
//!
//! **Why.** Which statement makes the database slow is then a guess.
//!
//! **Fix.** Set `performance_insights_enabled = true`; seven days are free.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.m6g.large"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine                       = "postgres"
//!   instance_class               = "db.m6g.large"
//!   performance_insights_enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                       = "postgres"
//!   instance_class               = "db.m6g.large"
//!   performance_insights_enabled = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS020",
    name: "performance-insights",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &["CKV_AWS_353", "AVD-AWS-0133", "aws-rds-enable-performance-insights"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("performance_insights_enabled"),
        "slow statements are not seen",
        "slow statements are seen",
    );
}
