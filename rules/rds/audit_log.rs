//! # Who did what in a cluster is not kept
//!
//! The audit log of a MySQL cluster is not exported.
//!
//! **Why.** Who read or changed which table cannot be found out.
//!
//! **Fix.** Add `audit` to `enabled_cloudwatch_logs_exports`.
//!
//! ```hcl,fail
//! resource "aws_rds_cluster" "main" {
//!   engine                          = "aurora-mysql"
//!   enabled_cloudwatch_logs_exports = ["error"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_rds_cluster" "main" {
//!   engine                          = "aurora-mysql"
//!   enabled_cloudwatch_logs_exports = ["audit", "error"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_rds_cluster" "main" {
//!   engine                          = "aurora-mysql"
//!   enabled_cloudwatch_logs_exports = var.items
//! }
//! ```
//!
//! **Limits.** PostgreSQL keeps its audit in the `postgresql` log, which `log-exports` asks for.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS033",
    name: "audit-log",
    severity: Severity::Medium,
    resources: &["aws_rds_cluster"],
    aliases: &["CKV_AWS_325"],
    controls: &[("FSBP", "RDS.34")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-34"],
};

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let postgres = it.text("engine").is(|engine| engine.contains("postgres"));
    let kept = it.one_of("enabled_cloudwatch_logs_exports", &["audit"]);
    check.require(
        kept.or_else(postgres),
        "who did what in the cluster is not kept",
        "who did what is kept",
    );
}
