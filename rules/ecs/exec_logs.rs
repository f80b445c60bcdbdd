//! # What is typed in containers is not logged
//!
//! ECS Exec is set up with logging `NONE`.
//!
//! **Why.** After an incident nobody can say what was done in a container.
//!
//! **Fix.** Set `logging` to `DEFAULT`, or to `OVERRIDE` with a log group or bucket.
//!
//! ```hcl,fail
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   configuration {
//!     execute_command_configuration {
//!       logging = "NONE"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   configuration {
//!     execute_command_configuration {
//!       logging = "DEFAULT"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "logging" {
//!   type = string
//! }
//!
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   configuration {
//!     execute_command_configuration {
//!       logging = var.logging
//!     }
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS025",
    name: "exec-logs",
    severity: Severity::Medium,
    resources: &["aws_ecs_cluster"],
    aliases: &["CKV_AWS_223"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_cluster",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe(
    "log what is typed in containers",
    &[Want::set("configuration.execute_command_configuration.logging", "\"DEFAULT\"")],
);

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let logged = it
        .text("configuration.execute_command_configuration.logging")
        .is_null_or(|mode| mode != "NONE");
    check.require(
        logged,
        "what is typed in containers is not logged",
        "what is typed in containers is logged",
    );
}
