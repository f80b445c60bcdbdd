//! # Performance Insights has no key of your own
//!
//! What Performance Insights keeps is encrypted with the key that AWS keeps for RDS.
//!
//! **Why.** It holds statements, and sometimes the data in them.
//!
//! **Fix.** Set `performance_insights_kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine                       = "postgres"
//!   instance_class               = "db.m6g.large"
//!   performance_insights_enabled = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine                          = "postgres"
//!   instance_class                  = "db.m6g.large"
//!   performance_insights_enabled    = true
//!   performance_insights_kms_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                          = "postgres"
//!   instance_class                  = "db.m6g.large"
//!   performance_insights_enabled    = true
//!   performance_insights_kms_key_id = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS021",
    name: "performance-insights-key",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &[
        "CKV_AWS_354",
        "AVD-AWS-0078",
        "aws-rds-performance-insights-encryption-customer-key",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let off = !it.flag("performance_insights_enabled");
    let own = check.own_key(it.text("performance_insights_kms_key_id"));
    check.require(
        own.or_else(off),
        "what Performance Insights keeps has no key of your own",
        "it has a key of your own",
    );
}
