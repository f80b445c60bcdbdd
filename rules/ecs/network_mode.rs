//! # A task has no network interface of its own
//!
//! The network mode is not `awsvpc`.
//!
//! **Why.** Tasks share the machine's address and its security groups: a rule for one is a rule for all.
//!
//! **Fix.** Set `network_mode = "awsvpc"`.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   network_mode          = "bridge"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   network_mode          = "awsvpc"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "mode" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   network_mode          = var.mode
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS031",
    name: "network-mode",
    severity: Severity::Medium,
    resources: &["aws_ecs_task_definition"],
    aliases: &["9f4a9409-9c60-4671-be96-9716dbf63db1", "AC_AWS_0088"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_task_definition",
    ],
};

/// Judges a task definition.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = it.text("network_mode").is(|mode| mode == "awsvpc");
    check.require(
        own,
        "the task has no network interface of its own",
        "the task has a network interface of its own",
    );
}
