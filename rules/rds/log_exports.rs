//! # A database's logs stay on its disk
//!
//! No log is exported to CloudWatch.
//!
//! **Why.** The logs are gone with the instance, and nobody is warned by them.
//!
//! **Fix.** Set `enabled_cloudwatch_logs_exports`, for PostgreSQL to `["postgresql"]`, for MySQL to `["audit", "error",
//! "slowquery"]`.
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
//!   engine                          = "postgres"
//!   instance_class                  = "db.t4g.micro"
//!   enabled_cloudwatch_logs_exports = ["postgresql"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                          = "postgres"
//!   instance_class                  = "db.t4g.micro"
//!   enabled_cloudwatch_logs_exports = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS005",
    name: "log-exports",
    severity: Severity::Medium,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[
        "CKV_AWS_129",
        "8d7f7b8c-6c7c-40f8-baa6-62006c6c7b56",
        "AC_AWS_0454",
        "RDS_INSTANCE_LOGGING_ENABLED",
        "CKV_AWS_324",
    ],
    controls: &[("FSBP", "RDS.9"), ("FSBP", "RDS.36"), ("FSBP", "RDS.34"), ("FSBP", "RDS.37")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-36",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let exported = it.is_set("enabled_cloudwatch_logs_exports");
    check.require(
        exported,
        "the database's logs stay on its disk",
        "the database's logs are exported",
    );
}
