//! # Every start of a private task depends on a registry outside AWS
//!
//! Tasks without a public address pull their image from a registry outside AWS: they need a route to a NAT gateway, and that
//! registry to answer, for every task that starts.
//!
//! **Why.** When the registry is down or slow, nothing scales out and nothing that dies comes back; each pull is billed by the
//! NAT gateway per gigabyte. A copy in ECR, in the same region, depends on neither.
//!
//! **Fix.** Copy the image to ECR (by the pipeline, or a pull-through cache where ECR offers one for that registry).
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front:1"
//!   }])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
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
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//! }
//! ```
//!
//! **Limits.** Whether the route exists is `image-pull-route`'s question.

use check::{Check, Meta, Severity};
use model::{Attr, EcsService, Registry};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS011",
    name: "image-outside-aws",
    severity: Severity::Low,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html"],
};

const OPEN: &str = "it is not known whether tasks depend on a registry outside AWS";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let Attr::Known(network, _) = &service.network_configuration else { return };
    if network.assign_public_ip.known() == Some(&true) {
        return;
    }
    for image in check.images(service, OPEN) {
        if matches!(image.registry, Registry::Ecr { .. } | Registry::EcrPublic) {
            continue;
        }
        let host = image.host;
        let message = format!(
            "private tasks pull from `{host}`, outside AWS: each start needs the NAT route and that registry"
        );
        check.fail(image.value, "task_definition", message);
    }
}
