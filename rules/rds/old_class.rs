//! # A database's class is of a previous generation
//!
//! The instance class is one that AWS calls previous generation, or none at all.
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
    aliases: &[
        "aws_db_instance_previous_type",
        "aws_db_instance_invalid_engine",
        "aws_db_instance_invalid_type",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Families of previous generations.
/// Source: <https://aws.amazon.com/rds/previous-generation/>
const PREVIOUS: [&str; 9] = ["m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2", "x1"];

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let class = it.text("instance_class");
    let none = class.clone().is(|class| !class.starts_with("db.") || class.split('.').count() < 3);
    check.require(!none, "there is no such instance class", "there is such an instance class");
    let old =
        class.is(|class| class.split('.').nth(1).is_some_and(|family| PREVIOUS.contains(&family)));
    check.require(
        !old,
        "the instance class is of a previous generation",
        "the instance class is current",
    );
}
