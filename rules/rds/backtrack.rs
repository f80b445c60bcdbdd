//! # An Aurora cluster cannot be turned back
//!
//! Backtracking is off.
//!
//! **Why.** A wrong `DELETE` then costs hours of restoring instead of minutes of turning back.
//!
//! **Fix.** Set `backtrack_window` in seconds.
//!
//! ```hcl,fail
//! resource "aws_rds_cluster" "main" {
//!   engine = "aurora-mysql"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_rds_cluster" "main" {
//!   engine           = "aurora-mysql"
//!   backtrack_window = 86400
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_rds_cluster" "main" {
//!   engine           = "aurora-mysql"
//!   backtrack_window = var.n
//! }
//! ```
//!
//! **Limits.** Only Aurora MySQL has it: other engines are not judged.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS019",
    name: "backtrack",
    severity: Severity::Low,
    resources: &["aws_rds_cluster"],
    aliases: &["CKV_AWS_326", "AURORA_MYSQL_BACKTRACKING_ENABLED"],
    controls: &[("FSBP", "RDS.14")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-14"],
};

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let mysql = it.text("engine").is_null_or(|engine| matches!(engine, "aurora" | "aurora-mysql"));
    let back = it.number("backtrack_window").is(|seconds| seconds > 0);
    check.require(
        back.or_else(!mysql),
        "the cluster cannot be turned back",
        "the cluster can be turned back",
    );
}
