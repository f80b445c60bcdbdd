//! # The application has the rights of the agent
//!
//! Execution role and task role are the same.
//!
//! **Why.** The application may then read every secret and pull every image that its start needs.
//!
//! **Fix.** Make two roles.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!   execution_role_arn    = "arn:aws:iam::123456789012:role/start"
//!   task_role_arn         = "arn:aws:iam::123456789012:role/start"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!   execution_role_arn    = "arn:aws:iam::123456789012:role/start"
//!   task_role_arn         = "arn:aws:iam::123456789012:role/web"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "role" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!   execution_role_arn    = "arn:aws:iam::123456789012:role/start"
//!   task_role_arn         = var.role
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS027",
    name: "one-role",
    severity: Severity::Medium,
    resources: &["aws_ecs_task_definition"],
    aliases: &["CKV_AWS_249"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_task_definition",
    ],
};

/// Judges a task definition.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "execution role and task role are the same";
    let (start, task) = (it.text("execution_role_arn").attr, it.text("task_role_arn").attr);
    let refers = |attr: &Attr<'a, &'a str>| check.model().refers(attr.value());
    match (&start, &task) {
        (Attr::Null(_), _) | (_, Attr::Null(_)) => {}
        (Attr::Known(a, _), Attr::Known(b, value)) => {
            if a == b {
                check.fail(value, "task_role_arn", WRONG);
            }
        }
        _ => match (refers(&start), refers(&task)) {
            (Some(a), Some(b)) => {
                if a == b {
                    check.fail(task.value(), "task_role_arn", WRONG);
                }
            }
            (Some(_), None) if !task.is_unknown() => {}
            (None, Some(_)) if !start.is_unknown() => {}
            _ => {
                let open = if task.is_unknown() { task.value() } else { start.value() };
                check.unknown(
                    open,
                    "task_role_arn",
                    "it is not known whether execution role and task role are the same",
                );
            }
        },
    }
}
