//! # Snapshots of a database have no tags
//!
//! The database's tags are not copied to its snapshots.
//!
//! **Why.** Nobody can tell whose snapshots they are, and rules that go by tags miss them.
//!
//! **Fix.** Set `copy_tags_to_snapshot = true`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine                = "postgres"
//!   instance_class        = "db.t4g.micro"
//!   copy_tags_to_snapshot = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine                = "postgres"
//!   instance_class        = "db.t4g.micro"
//!   copy_tags_to_snapshot = var.on
//! }
//! ```
//!
//! **Limits.** Instances of Aurora follow their cluster and are not judged.

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS018",
    name: "snapshot-tags",
    severity: Severity::Low,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &["CKV_AWS_313", "CKV2_AWS_60"],
    controls: &[("FSBP", "RDS.16"), ("FSBP", "RDS.17")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-16",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-17",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("copy tags to snapshots", &[Want::set("copy_tags_to_snapshot", "true")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let aurora = At::certain(it.ty() == "aws_db_instance")
        .and(it.text("engine").is(|engine| engine.starts_with("aurora")));
    let copied = it.flag("copy_tags_to_snapshot").or_else(aurora);
    check.require(copied, "snapshots have no tags", "snapshots have tags");
}
