//! # A container can change its own files
//!
//! The container's root file system is not read-only.
//!
//! **Why.** What breaks in can change the program that runs, or leave tools behind. Read-only also keeps state from hiding
//! where it dies with the task.
//!
//! **Fix.** Set `readonlyRootFilesystem = true`, and mount a volume (or a `tmpfs`) where the program must write.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([
//!     { name = "front", image = "example.com/front:1", readonlyRootFilesystem = false }
//!   ])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([
//!     { name = "front", image = "example.com/front:1", readonlyRootFilesystem = true }
//!   ])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "read_only" {
//!   type = bool
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([
//!     { name = "front", image = "example.com/front:1", readonlyRootFilesystem = var.read_only }
//!   ])
//! }
//! ```
//!
//! **Limits.** Windows containers cannot have it; the rule does not look at the platform.

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, EcsTaskDefinition};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS014",
    name: "writable-root-filesystem",
    severity: Severity::Low,
    resources: &["aws_ecs_task_definition"],
    aliases: &["CKV_AWS_336"],
    controls: &[("FSBP", "ECS.5")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-5"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("make the root file system read-only", &[Want::instead("true")]);

const OPEN: &str = "it is not known whether the root file system is read-only";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let path = format!("container_definitions[{at}].readonlyRootFilesystem");
        match container.readonly_root_filesystem {
            Attr::Known(true, _) => {}
            Attr::Known(false, value) | Attr::Null(value) => {
                check.fail(value, path, "the container's root file system can be written to");
            }
            Attr::Unknown(value) => {
                check.unknown(value, path, OPEN);
            }
        }
    }
}
