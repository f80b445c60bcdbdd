//! # A database answers without TLS
//!
//! The parameter group does not make clients use TLS.
//!
//! **Why.** Whoever sits on the way reads statements and data.
//!
//! **Fix.** Set `rds.force_ssl` (PostgreSQL, SQL Server) or `require_secure_transport` (MySQL, MariaDB) to 1, `db2comm` (Db2)
//! to `SSL`.
//!
//! ```hcl,fail
//! resource "aws_db_parameter_group" "main" {
//!   family = "mysql8.0"
//!
//!   parameter {
//!     name  = "require_secure_transport"
//!     value = "0"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_parameter_group" "main" {
//!   family = "mysql8.0"
//!
//!   parameter {
//!     name  = "require_secure_transport"
//!     value = "1"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "value" {
//!   type = string
//! }
//!
//! resource "aws_db_parameter_group" "main" {
//!   family = "mysql8.0"
//!
//!   parameter {
//!     name  = "require_secure_transport"
//!     value = var.value
//!   }
//! }
//! ```
//!
//! **Limits.** PostgreSQL 15 and later force TLS by default: their groups fail only when they turn it off. Of Oracle nothing is
//! said.

use check::{Check, Instance, Meta, Severity};
use model::{ABSENT, At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS028",
    name: "forced-tls",
    severity: Severity::Medium,
    resources: &["aws_db_parameter_group", "aws_rds_cluster_parameter_group"],
    aliases: &["CKV2_AWS_69"],
    controls: &[("FSBP", "RDS.38"), ("FSBP", "RDS.39")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-38",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-39",
    ],
};

/// Judges a parameter group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let family = it.text("family").attr.known().copied().unwrap_or_default();
    if !["mysql", "mariadb", "postgres", "sqlserver", "aurora", "db2"]
        .iter()
        .any(|engine| family.contains(engine))
    {
        return;
    }
    let by_default = [
        "postgres15",
        "postgres16",
        "postgres17",
        "aurora-postgresql15",
        "aurora-postgresql16",
        "aurora-postgresql17",
    ]
    .contains(&family);
    let blocks = it.blocks("parameter");
    let mut forced = At { path: "parameter".into(), attr: Attr::Known(by_default, &ABSENT) };
    for parameter in blocks.attr.known().into_iter().flatten() {
        if parameter
            .text("name")
            .is(|name| matches!(name, "rds.force_ssl" | "require_secure_transport"))
            .is_true()
        {
            forced =
                parameter.text("value").is(|value| matches!(value, "1" | "ON" | "on" | "true"));
        }
        if parameter.text("name").is(|name| name == "db2comm").is_true() {
            forced = parameter
                .text("value")
                .is(|value| value.split(',').all(|protocol| protocol == "SSL"));
        }
    }
    if let Attr::Unknown(value) = blocks.attr {
        forced = forced.or_else(At { path: blocks.path, attr: Attr::Unknown(value) });
    }
    check.require(forced, "the database answers without TLS", "clients must use TLS");
}
