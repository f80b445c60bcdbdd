//! # The image's tag moves
//!
//! A container's image has the tag `latest`, or neither tag nor digest, which means the same.
//!
//! **Why.** What runs is whatever the tag meant when a task happened to start: two tasks of one deployment can run different
//! code, a rollback rolls back to nothing, and nobody can tell afterwards what ran.
//!
//! **Fix.** Give every build a tag of its own and deploy that tag, or the image's digest (`…@sha256:…`).
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:latest" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1.4.2" }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "image" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = var.image }])
//! }
//! ```
//!
//! **Limits.** Any tag can be moved where the registry allows it; `image-digest` asks for more.

use check::{Check, Meta, Severity};
use model::{EcsTaskDefinition, ImageFacts, Tag};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS005",
    name: "mutable-image-tag",
    severity: Severity::Medium,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/bestpracticesguide/security-tasks-containers.html",
    ],
};

const OPEN: &str = "it is not known whether the image's tag moves";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let Some(facts) = ImageFacts::of(&container.image) else { continue };
        let (path, value) = (format!("container_definitions[{at}].image"), container.image.value());
        let name = container.image.known().map_or("the image", |text| text.as_str());
        match (facts.tag, facts.digest) {
            (_, Some(true)) => {}
            (Tag::Named("latest"), _) => {
                check.fail(
                    value,
                    path,
                    format!("the tag `latest` of `{name}` moves with every build"),
                );
            }
            (Tag::None, _) => {
                let message = format!("`{name}` has no tag, so that of its newest build is taken");
                check.fail(value, path, message);
            }
            (Tag::Named(_), _) => {}
            (Tag::Unknown, _) => {
                check.unknown(value, path, OPEN);
            }
        }
    }
}
