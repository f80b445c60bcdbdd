//! # A service runs nothing
//!
//! The service asks for no task.
//!
//! **Why.** What is switched off by hand is forgotten, and its release is never tried.
//!
//! **Fix.** Set `desired_count`, or delete the service.
//!
//! ```hcl,fail
//! resource "aws_ecs_service" "web" {
//!   name            = "web"
//!   cluster         = "main"
//!   task_definition = "web:1"
//!   desired_count   = 0
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_service" "web" {
//!   name            = "web"
//!   cluster         = "main"
//!   task_definition = "web:1"
//!   desired_count   = 2
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_ecs_service" "web" {
//!   name            = "web"
//!   cluster         = "main"
//!   task_definition = "web:1"
//!   desired_count   = var.n
//! }
//! ```
//!
//! **Limits.** A service that scaling starts from zero, or that counts its tasks by machine, passes.

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS032",
    name: "service-without-tasks",
    severity: Severity::Low,
    resources: &["aws_ecs_service"],
    aliases: &["91f16d09-689e-4926-aca7-155157f634ed"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service",
    ],
};

/// Judges a service.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let daemon = it.text("scheduling_strategy").is(|strategy| strategy == "DAEMON");
    let ignored = At::certain(
        it.resource
            .lifecycle
            .ignore_changes
            .iter()
            .any(|path| path.contains("desired_count") || path == "all"),
    );
    let some = it.number("desired_count").is(|count| count > 0);
    check.require(
        some.or_else(daemon).or_else(ignored),
        "the service runs nothing",
        "the service runs tasks",
    );
}
