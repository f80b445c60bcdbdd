//! # A PostgreSQL database does not log statements
//!
//! The parameter group sets neither `log_statement` nor `log_min_duration_statement`.
//!
//! **Why.** Who changed what cannot be found out.
//!
//! **Fix.** Add a `parameter` block for each of the two.
//!
//! ```hcl,fail
//! resource "aws_db_parameter_group" "main" {
//!   family = "postgres16"
//!
//!   parameter {
//!     name  = "work_mem"
//!     value = "4096"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_parameter_group" "main" {
//!   family = "postgres16"
//!
//!   parameter {
//!     name  = "log_statement"
//!     value = "ddl"
//!   }
//!
//!   parameter {
//!     name  = "log_min_duration_statement"
//!     value = "1000"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_db_parameter_group" "main" {
//!   family = "postgres16"
//!
//!   dynamic "parameter" {
//!     for_each = var.items
//!
//!     content {
//!       name  = parameter.value
//!       value = "1"
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS027",
    name: "query-logging",
    severity: Severity::Low,
    resources: &["aws_db_parameter_group", "aws_rds_cluster_parameter_group"],
    aliases: &["CKV2_AWS_27", "CKV2_AWS_30"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_parameter_group",
    ],
};

/// Judges a parameter group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let postgres = it.text("family").is(|family| family.contains("postgres"));
    for wanted in ["log_statement", "log_min_duration_statement"] {
        let blocks = it.blocks("parameter");
        let parameters = blocks.attr.known().into_iter().flatten();
        let named = parameters.map(|parameter| parameter.text("name").is(|name| name == wanted));
        let mut set = named.fold(At::certain(false), At::or_else);
        if let Attr::Unknown(value) = blocks.attr {
            set = set.or_else(At { path: blocks.path, attr: Attr::Unknown(value) });
        }
        let set = At { path: "parameter".into(), ..set };
        check.require(
            set.or_else(!postgres.clone()),
            &format!("`{wanted}` is not set"),
            &format!("`{wanted}` is set"),
        );
    }
}
