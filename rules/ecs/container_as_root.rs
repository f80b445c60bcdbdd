//! # A container runs as root
//!
//! The container's `user` is `root` or `0`. When it is not set, the image decides, and the verdict is unknown.
//!
//! **Why.** Root in the container is one kernel bug, or one wrong mount, away from root on the host.
//!
//! **Fix.** Set `user` to a number other than 0 that the image's files allow.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1", user = "0:0" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1", user = "1000" }])
//! }
//! ```
//!
//! ```hcl,unknown
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```

use check::{Check, Meta, Severity};
use model::{Attr, EcsTaskDefinition};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS015",
    name: "container-as-root",
    severity: Severity::Low,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    ],
};

const OPEN: &str = "it is not known whether the container runs as root";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let path = format!("container_definitions[{at}].user");
        match &container.user {
            Attr::Known(user, value) => {
                let name = user.split(':').next().unwrap_or_default();
                if matches!(name, "root" | "0") {
                    check.fail(value, path, "the container runs as root");
                }
            }
            Attr::Unknown(value) => {
                check.unknown(value, path, OPEN);
            }
            Attr::Null(value) => {
                check.unknown(value, path, OPEN).reason("`user` is not set, so the image decides");
            }
        }
    }
}
