//! # The image is not pinned by digest
//!
//! A container's image is named by a tag only.
//!
//! **Why.** Whoever may push to the repository may move the tag, and the next task that starts runs other code. A digest names
//! the content itself.
//!
//! **Fix.** Deploy `repository:tag@sha256:…`; build pipelines print the digest when they push.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1.4.2" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "example.com/front:1.4.2@sha256:4bb1c5f6d3b2a79f0e8d7c6b5a4938271605f4e3d2c1b0a9f8e7d6c5b4a39281"
//!   }])
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
//! **Limits.** A repository of ECR with immutable tags is as good; the rule does not look at it yet.

use check::{Check, Meta, Severity};
use model::{EcsTaskDefinition, ImageFacts};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS006",
    name: "image-digest",
    severity: Severity::Low,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
    ],
};

const OPEN: &str = "it is not known whether the image is pinned by digest";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let Some(facts) = ImageFacts::of(&container.image) else { continue };
        let (path, value) = (format!("container_definitions[{at}].image"), container.image.value());
        match facts.digest {
            Some(true) => {}
            Some(false) => {
                let name = container.image.known().map_or("the image", |text| text.as_str());
                check.fail(value, path, format!("`{name}` is not pinned by digest"));
            }
            None => {
                check.unknown(value, path, OPEN);
            }
        }
    }
}
