//! # A database has the default parameter group
//!
//! The database names the parameter group that AWS makes.
//!
//! **Why.** Nothing in it can be changed: the first setting that you need takes a new group and a restart.
//!
//! **Fix.** Make an `aws_db_parameter_group` and name it.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine               = "postgres"
//!   instance_class       = "db.t4g.micro"
//!   parameter_group_name = "default.postgres16"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine               = "postgres"
//!   instance_class       = "db.t4g.micro"
//!   parameter_group_name = "main"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine               = "postgres"
//!   instance_class       = "db.t4g.micro"
//!   parameter_group_name = var.group
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS025",
    name: "default-parameters",
    severity: Severity::Low,
    resources: &["aws_db_instance"],
    aliases: &["aws_db_instance_default_parameter_group"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let default = it.text("parameter_group_name").is(|group| group.starts_with("default."));
    check.require(
        !default,
        "the database has the default parameter group",
        "the database has the default parameter group",
    );
}
