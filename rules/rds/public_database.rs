//! # A database has a public address
//!
//! The database can be reached from the Internet as far as its security groups let it.
//!
//! **Why.** Only a password then stands between the world and the data.
//!
//! **Fix.** Leave `publicly_accessible` out, or set it to `false`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine              = "postgres"
//!   instance_class      = "db.t4g.micro"
//!   publicly_accessible = true
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
//!   engine              = "postgres"
//!   instance_class      = "db.t4g.micro"
//!   publicly_accessible = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS003",
    name: "public-database",
    severity: Severity::Critical,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &[
        "CKV_AWS_17",
        "AVD-AWS-0180",
        "aws-rds-enable-public-access",
        "35113e6f-2c6b-414d-beec-7a9482d3b2d1",
        "AC_AWS_0054",
        "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
    ],
    controls: &[("FSBP", "RDS.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("take the public address away", &[Want::set("publicly_accessible", "false")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        !it.flag("publicly_accessible"),
        "the database has a public address",
        "the database has a public address",
    );
}
