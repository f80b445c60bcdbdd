//! # A container is privileged
//!
//! `privileged = true` gives a container all the devices and rights of its host.
//!
//! **Why.** Whoever breaks into the container owns the instance, and with it every other task there and the instance's role.
//!
//! **Fix.** Leave it out; give single capabilities by `linuxParameters.capabilities.add` where one is really needed. Fargate
//! refuses privileged containers anyway.
//!
//! ```hcl,fail
//! locals {
//!   base = { name = "front", image = "example.com/front:1" }
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([merge(local.base, { privileged = true })])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "containers" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = var.containers
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, EcsTaskDefinition};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS013",
    name: "privileged-container",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &["CKV_AWS_334"],
    controls: &[("FSBP", "ECS.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-4"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("take the rights of the host from the container", &[Want::instead("false")]);

const OPEN: &str = "it is not known whether the container is privileged";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let path = format!("container_definitions[{at}].privileged");
        match container.privileged {
            Attr::Known(true, value) => {
                check.fail(value, path, "the container has all the rights of its host");
            }
            Attr::Unknown(value) => {
                check.unknown(value, path, OPEN);
            }
            Attr::Known(false, _) | Attr::Null(_) => {}
        }
    }
}
