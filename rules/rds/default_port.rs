//! # A database listens where everybody looks
//!
//! The database listens on its engine's usual port.
//!
//! **Why.** Whoever gets into the network finds it at once. It is a small hurdle, not a wall.
//!
//! **Fix.** Set `port` to another one.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   port           = 5432
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   port           = 6543
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "port" {
//!   type = number
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   port           = var.port
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS022",
    name: "default-port",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &["bca7cc4d-b3a4-4345-9461-eb69c68fcd26"],
    controls: &[("FSBP", "RDS.23")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-23"],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let usual = it.number("port").is_null_or(|port| matches!(port, 3306 | 5432 | 1433 | 1521));
    check.require(
        !usual,
        "the database listens on the usual port",
        "the database listens on the usual port",
    );
}
