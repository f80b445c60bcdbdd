//! # The target group cannot hold the tasks
//!
//! Tasks with a network interface of their own (`awsvpc`, and so everything on Fargate) register by address, and the target
//! group's `target_type` is not `ip`.
//!
//! **Why.** ECS refuses the service when it is applied; the provider's default, `instance`, is never right here.
//!
//! **Fix.** `target_type = "ip"` on the target group. It replaces the group: mind the listener.
//!
//! ```hcl,fail
//! resource "aws_lb_target_group" "front" {
//!   port     = 80
//!   protocol = "HTTP"
//!   vpc_id   = "vpc-1"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//!
//!   load_balancer {
//!     target_group_arn = aws_lb_target_group.front.arn
//!     container_name   = "front"
//!     container_port   = 80
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb_target_group" "front" {
//!   target_type = "ip"
//!   port        = 80
//!   protocol    = "HTTP"
//!   vpc_id      = "vpc-1"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//!
//!   load_balancer {
//!     target_group_arn = aws_lb_target_group.front.arn
//!     container_name   = "front"
//!     container_port   = 80
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "type" {
//!   type = string
//! }
//!
//! resource "aws_lb_target_group" "front" {
//!   target_type = var.type
//!   port        = 80
//!   protocol    = "HTTP"
//!   vpc_id      = "vpc-1"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//!
//!   load_balancer {
//!     target_group_arn = aws_lb_target_group.front.arn
//!     container_name   = "front"
//!     container_port   = 80
//!   }
//! }
//! ```
//!
//! **Limits.** Target groups of other stacks are not judged.

use check::{Check, Meta, Severity};
use model::{Attr, EcsService, LbTargetGroup};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS023",
    name: "target-type",
    severity: Severity::High,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html"],
};

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    // Only tasks with `awsvpc` have a network configuration, and they must.
    if service.network_configuration.is_null() {
        return;
    }
    for (at, balancer) in service.load_balancer.elements().iter().enumerate() {
        let Attr::Known(balancer, _) = balancer else { continue };
        let target = check.model().target::<LbTargetGroup>(balancer.target_group_arn.value());
        let Some(group) = target.here() else { continue };
        let path = format!("load_balancer[{at}].target_group_arn");
        match group.target_type.or("instance") {
            Attr::Known("ip", _) => {}
            Attr::Known(kind, value) => {
                let name = &group.resource.address;
                let message = format!(
                    "tasks register by address, and `{name}` takes targets of type `{kind}`"
                );
                check.fail(value, path, message).also(group.resource.header, "the target group");
            }
            Attr::Unknown(value) | Attr::Null(value) => {
                check.unknown(
                    value,
                    path,
                    "it is not known whether the target group takes addresses",
                );
            }
        }
    }
}
