//! # A database's class is of a previous generation
//!
//! The instance class is one that AWS calls previous generation.
//!
//! **Why.** It costs more for the same work, and new versions of the engine do not run on it.
//!
//! **Fix.** Take a current class: `db.t4g`, `db.m7g`, `db.r7g`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.m3.large"
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
//! variable "class" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = var.class
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS026",
    name: "old-class",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &["aws_db_instance_previous_type"],
    controls: &[],
    since: "0.1.0",
    links: &["https://aws.amazon.com/rds/previous-generation/"],
};

/// Families of previous generations.
const PREVIOUS: [&str; 7] = ["cr1", "m1", "m2", "m3", "r3", "t1", "t2"];

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let old = it
        .text("instance_class")
        .is(|class| class.split('.').nth(1).is_some_and(|family| PREVIOUS.contains(&family)));
    check.require(
        !old,
        "the instance class is of a previous generation",
        "the instance class is current",
    );
}
