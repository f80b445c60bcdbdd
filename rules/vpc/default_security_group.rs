//! # The VPC's default security group is in use
//!
//! A service, load balancer or endpoint names no security group of its own, or names the one that the VPC came with.
//!
//! **Why.** Everything that forgets to say a group shares that one, and its members may talk to each other on every port.
//!
//! **Fix.** Give each thing a group of its own.
//!
//! ```hcl,fail
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_security_group" "tasks" {}
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets         = ["subnet-1"]
//!     security_groups = [aws_security_group.tasks.id]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "groups" {
//!   type = list(string)
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets         = ["subnet-1"]
//!     security_groups = var.groups
//!   }
//! }
//! ```
//!
//! **Limits.** A default group written as a literal id looks like any other. Instances are not looked at yet.

use check::{Check, Member, Meta, Severity};
use model::{Attr, DefaultSecurityGroup, Model};
use reach::Name;
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC003",
    name: "default-security-group",
    severity: Severity::Medium,
    resources: &["aws_ecs_service", "aws_lb", "aws_vpc_endpoint"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"],
};

const OPEN: &str = "it is not known whether the VPC's default security group is in use";

/// Judges what has a network interface.
pub fn check<'a>(member: &Member<'a>, check: &mut Check<'a>) {
    let message = "it names no security group, and so gets the VPC's default one";
    match &member.groups {
        Attr::Null(value) => {
            check.fail(value, member.path, message);
        }
        Attr::Known(groups, value) if groups.is_empty() => {
            check.fail(value, member.path, message);
        }
        Attr::Unknown(value) => {
            check.unknown(value, member.path, OPEN);
        }
        Attr::Known(groups, _) => {
            for (at, group) in groups.iter().enumerate() {
                let (path, value) = (format!("{}[{at}]", member.path), group.value());
                if is_default(check.model(), value) {
                    check.fail(value, path, "it has the VPC's default security group");
                } else if group.is_unknown() && reach::group_target(check.model(), value).is_none()
                {
                    check.unknown(value, path, OPEN);
                }
            }
        }
    }
}

/// True for the group that a VPC came with: adopted by the stack, or read from the VPC.
fn is_default<'a>(model: &Model<'a>, value: &'a Value) -> bool {
    match reach::group_target(model, value) {
        Some(Name::Group(id)) => model.get::<DefaultSecurityGroup>(id).is_some(),
        Some(Name::OtherGroup(name)) => name.ends_with(".default_security_group_id"),
        _ => false,
    }
}
