//! # Fewer tasks than zones
//!
//! The service's subnets are in more availability zones than it keeps tasks.
//!
//! **Why.** The zone that has no task does not help when the other fails: everything stops until ECS has noticed, moved, pulled
//! and started.
//!
//! **Fix.** Keep at least one task a zone: by `desired_count`, or by the least capacity where the service scales.
//!
//! ```hcl,fail
//! resource "aws_subnet" "tasks" {
//!   count = 2
//!
//!   vpc_id            = "vpc-1"
//!   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
//!   availability_zone = ["eu-west-3a", "eu-west-3b"][count.index]
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!   desired_count   = 1
//!
//!   network_configuration {
//!     subnets = aws_subnet.tasks[*].id
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_subnet" "tasks" {
//!   count = 2
//!
//!   vpc_id            = "vpc-1"
//!   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
//!   availability_zone = ["eu-west-3a", "eu-west-3b"][count.index]
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!   desired_count   = 2
//!
//!   network_configuration {
//!     subnets = aws_subnet.tasks[*].id
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "tasks" {
//!   type = number
//! }
//!
//! resource "aws_subnet" "tasks" {
//!   count = 2
//!
//!   vpc_id            = "vpc-1"
//!   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
//!   availability_zone = ["eu-west-3a", "eu-west-3b"][count.index]
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!   desired_count   = var.tasks
//!
//!   network_configuration {
//!     subnets = aws_subnet.tasks[*].id
//!   }
//! }
//! ```
//!
//! **Limits.** Services that want no task, and daemons, are not judged. The count that is written is what is judged; autoscaling
//! is `capacity-range`'s and `service-autoscaling`'s.

use check::{Check, Meta, Severity};
use model::{Attr, EcsService};
use std::collections::BTreeSet;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS017",
    name: "tasks-per-zone",
    severity: Severity::Medium,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
    ],
};

const OPEN: &str = "it is not known whether each zone has a task";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    if service.scheduling_strategy.known() == Some(&"DAEMON")
        || service.network_configuration.is_null()
    {
        return;
    }
    let (count, value) = match service.desired_count {
        Attr::Known(0, _) | Attr::Null(_) => return,
        Attr::Known(count, value) => (Some(count), value),
        Attr::Unknown(value) => (None, value),
    };
    let mut zones = BTreeSet::new();
    for place in check.subnets(service, OPEN) {
        match (place.subnet.availability_zone, place.subnet.availability_zone_id) {
            (Attr::Known(zone, _), _) | (_, Attr::Known(zone, _)) => {
                zones.insert(zone);
            }
            (open, _) => {
                check.unknown(open.value(), place.path, OPEN);
            }
        }
    }
    let zones = i64::try_from(zones.len()).unwrap_or(i64::MAX);
    match count {
        Some(count) if count < zones => {
            let message = format!("{count} task for {zones} zones: one of them stands empty");
            check.fail(value, "desired_count", message);
        }
        None if zones > 1 => {
            check.unknown(value, "desired_count", OPEN);
        }
        _ => {}
    }
}
