//! # A task sees the processes of its host
//!
//! The task shares the host's process namespace (`pid_mode = "host"`), or its memory (`ipc_mode = "host"`).
//!
//! **Why.** One container can watch, and stop, all others on the machine.
//!
//! **Fix.** Leave `pid_mode` and `ipc_mode` out.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!   pid_mode              = "host"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!   pid_mode              = "task"
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
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!   pid_mode              = var.mode
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS029",
    name: "host-processes",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &["CKV_AWS_335"],
    controls: &[("FSBP", "ECS.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-3"],
};

/// Judges a task definition.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for name in ["pid_mode", "ipc_mode"] {
        let host = it.text(name).is(|mode| mode == "host");
        check.require(
            !host,
            "the task sees the processes of its host",
            "the task sees the processes of its host",
        );
    }
}
