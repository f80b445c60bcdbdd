//! # A PostgreSQL database does not log statements
//!
//! The database has the default parameter group, or its group sets neither `log_statement` nor `log_min_duration_statement`.
//!
//! **Why.** Who changed what cannot be found out.
//!
//! **Fix.** Make a parameter group with a `parameter` block for each of the two, and name it.
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
use model::{At, Attr, Part};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS027",
    name: "query-logging",
    severity: Severity::Low,
    resources: &[
        "aws_db_parameter_group",
        "aws_rds_cluster_parameter_group",
        "aws_db_instance",
        "aws_rds_cluster",
    ],
    aliases: &["CKV2_AWS_27", "CKV2_AWS_30"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_parameter_group",
    ],
};

/// Whether a parameter group sets a parameter.
fn sets<'a>(group: &Part<'a>, wanted: &str) -> At<'a, bool> {
    let At { attr, .. } = group.blocks("parameter");
    let parameters = attr.known().into_iter().flatten();
    let named = parameters.map(|parameter| parameter.text("name").is(|name| name == wanted));
    let set = named.fold(At::certain(false), At::or_else);
    let open =
        attr.is_unknown().then(|| At { path: String::new(), attr: Attr::Unknown(attr.value()) });
    open.into_iter().fold(set, At::or_else)
}

/// Judges a database or a parameter group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let database = matches!(it.ty(), "aws_db_instance" | "aws_rds_cluster");
    let kind = if database { "engine" } else { "family" };
    let postgres = it.text(kind).is(|kind| kind.contains("postgres"));
    let name = if it.ty() == "aws_rds_cluster" {
        "db_cluster_parameter_group_name"
    } else {
        "parameter_group_name"
    };
    let mut group = Part::clone(it);
    if database && it.is_set(name).is_true() {
        let named = it.text(name).attr;
        let groups = ["aws_db_parameter_group", "aws_rds_cluster_parameter_group"];
        let mut groups = groups.into_iter().flat_map(|ty| Instance::all(check.model(), ty));
        let found = groups
            .find(|group| check.model().points(named.value(), it.resource, group.id) == Some(true));
        match (found, named) {
            (Some(found), _) => group = Part::clone(&found),
            (None, Attr::Known(text, _)) if text.starts_with("default.") => {}
            // A group of another stack.
            _ => return,
        }
    }
    for wanted in ["log_statement", "log_min_duration_statement"] {
        let set = At { path: name.into(), ..sets(&group, wanted) };
        check.require(
            set.or_else(!postgres.clone()),
            &format!("`{wanted}` is not set"),
            &format!("`{wanted}` is set"),
        );
    }
}
