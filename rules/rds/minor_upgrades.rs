//! # A database misses repairs
//!
//! New minor versions are not installed by themselves.
//!
//! **Why.** Holes that are known and mended stay open.
//!
//! **Fix.** Leave `auto_minor_version_upgrade` out, or set it to `true`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine                     = "postgres"
//!   instance_class             = "db.t4g.micro"
//!   auto_minor_version_upgrade = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                     = "postgres"
//!   instance_class             = "db.t4g.micro"
//!   auto_minor_version_upgrade = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS016",
    name: "minor-upgrades",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &[
        "CKV_AWS_226",
        "3b6d777b-76e3-4133-80a3-0d6f667ade7f",
        "AC_AWS_0056",
        "RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED",
    ],
    controls: &[("FSBP", "RDS.13"), ("FSBP", "RDS.35")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-13",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-35",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("install repairs", &[Want::set("auto_minor_version_upgrade", "true")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("auto_minor_version_upgrade").or(true),
        "the database misses repairs",
        "repairs are installed",
    );
}
