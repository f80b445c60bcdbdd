//! # A container's output goes nowhere
//!
//! The container has no `logConfiguration`.
//!
//! **Why.** On Fargate its output is lost; on an instance it stays on a disk that nobody looks at and that fills up. After a
//! crash there is nothing to read.
//!
//! **Fix.** Send it somewhere, such as a log group with the `awslogs` driver.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_log_group" "front" {
//!   name              = "/ecs/front"
//!   retention_in_days = 30
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "example.com/front:1"
//!     logConfiguration = {
//!       logDriver = "awslogs"
//!       options = {
//!         awslogs-group         = aws_cloudwatch_log_group.front.name
//!         awslogs-region        = "eu-west-3"
//!         awslogs-stream-prefix = "front"
//!       }
//!     }
//!   }])
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

use check::{Check, Meta, Severity};
use model::{Attr, EcsTaskDefinition};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS019",
    name: "container-logging",
    severity: Severity::Medium,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[("FSBP", "ECS.9")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-9"],
};

const OPEN: &str = "it is not known whether the container's output goes anywhere";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let path = format!("container_definitions[{at}].logConfiguration");
        match &container.log_configuration {
            Attr::Known(..) => {}
            Attr::Null(value) => {
                check.fail(value, path, "the container's output goes nowhere");
            }
            Attr::Unknown(value) => {
                check.unknown(value, path, OPEN);
            }
        }
    }
}
