//! # There is no such engine
//!
//! The engine is none that an instance of RDS can have.
//!
//! **Why.** The apply fails half way.
//!
//! **Fix.** Write `postgres`, `mysql`, `mariadb` or another engine of RDS; for Aurora make an `aws_rds_cluster` with instances.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   instance_class = "db.t4g.micro"
//!   engine         = "postgresql"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   instance_class = "db.t4g.micro"
//!   engine         = "postgres"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "engine" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   instance_class = "db.t4g.micro"
//!   engine         = var.engine
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS031",
    name: "invalid-engine",
    severity: Severity::High,
    resources: &["aws_db_instance"],
    aliases: &["aws_db_instance_invalid_engine"],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"],
};

/// Engines of instances; those of Aurora belong to a cluster's.
const ENGINES: [&str; 29] = [
    "aurora",
    "aurora-mysql",
    "aurora-postgresql",
    "custom-oracle-ee",
    "custom-oracle-ee-cdb",
    "custom-oracle-se2",
    "custom-oracle-se2-cdb",
    "custom-sqlserver-dev",
    "custom-sqlserver-ee",
    "custom-sqlserver-se",
    "custom-sqlserver-web",
    "db2-ae",
    "db2-se",
    "mariadb",
    "mysql",
    "neptune",
    "docdb",
    "oracle-ee",
    "oracle-ee-cdb",
    "oracle-se",
    "oracle-se1",
    "oracle-se2",
    "oracle-se2-cdb",
    "postgres",
    "sqlserver-dev-ee",
    "sqlserver-ee",
    "sqlserver-ex",
    "sqlserver-se",
    "sqlserver-web",
];

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let known = it.text("engine").is_null_or(|engine| ENGINES.contains(&engine));
    check.require(known, "there is no such engine", "there is such an engine");
}
