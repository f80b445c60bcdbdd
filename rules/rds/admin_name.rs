//! # A database's administrator is called `admin`
//!
//! The master user has the name that everybody tries first.
//!
//! **Why.** Half of what a guesser needs is known.
//!
//! **Fix.** Take another `username` (for a cluster `master_username`).
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "mysql"
//!   instance_class = "db.t4g.micro"
//!   username       = "admin"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine         = "mysql"
//!   instance_class = "db.t4g.micro"
//!   username       = "keeper"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "name" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "mysql"
//!   instance_class = "db.t4g.micro"
//!   username       = var.name
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS023",
    name: "admin-name",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[],
    controls: &[("FSBP", "RDS.24"), ("FSBP", "RDS.25")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-24",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-25",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let name = if it.ty() == "aws_rds_cluster" { "master_username" } else { "username" };
    let usual = it
        .text(name)
        .is(|name| matches!(name, "admin" | "administrator" | "root" | "postgres" | "sa"));
    check.require(
        !usual,
        "the administrator has the name that everybody tries first",
        "the administrator has a usual name",
    );
}
