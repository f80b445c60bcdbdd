//! # A database's version has a known hole
//!
//! The version of PostgreSQL lets a user read files of the machine through the `log_fdw` extension.
//!
//! **Why.** The files hold keys that AWS itself uses.
//!
//! **Fix.** Take a current version.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   engine_version = "11.8"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   engine_version = "16.3"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "version_of_engine" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   engine_version = var.version_of_engine
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS017",
    name: "vulnerable-version",
    severity: Severity::High,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &["CKV_AWS_250", "CKV_AWS_388"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Versions with the hole, of RDS and of Aurora.
/// Source: <https://aws.amazon.com/security/security-bulletins/AWS-2022-004/>
const POSTGRES: [&str; 22] = [
    "13.2", "13.1", "12.6", "12.5", "12.4", "12.3", "12.2", "11.11", "11.10", "11.9", "11.8",
    "11.7", "11.6", "11.5", "11.4", "11.3", "11.2", "11.1", "10.16", "10.15", "9.6.21", "9.5.25",
];
const AURORA: [&str; 6] = ["10.11", "10.12", "10.13", "11.6", "11.7", "11.8"];

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let versions: &[&str] = match it.text("engine").attr.known() {
        Some(&"postgres") => &POSTGRES,
        Some(&"aurora-postgresql") => &AURORA,
        _ => return,
    };
    let holed = it.text("engine_version").is(|version| versions.contains(&version));
    check.require(
        !holed,
        "the database's version has a known hole",
        "the database's version has a known hole",
    );
}
