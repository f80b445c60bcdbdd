//! # A database stands in one zone
//!
//! The database has no standby in another availability zone.
//!
//! **Why.** When the zone or the disk fails, the database is gone until a backup is restored.
//!
//! **Fix.** Set `multi_az = true`.
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
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   multi_az       = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//!   multi_az       = var.on
//! }
//! ```
//!
//! **Limits.** Replicas are not judged.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS013",
    name: "multi-zone",
    severity: Severity::Medium,
    resources: &["aws_db_instance"],
    aliases: &["CKV_AWS_157", "RDS_MULTI_AZ_SUPPORT"],
    controls: &[("FSBP", "RDS.5"), ("FSBP", "RDS.15")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-15",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("keep a standby in another zone", &[Want::set("multi_az", "true")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let spread = it.flag("multi_az").or_else(it.is_set("replicate_source_db"));
    check.require(
        spread,
        "the database stands in one zone",
        "the database has a standby in another zone",
    );
}
