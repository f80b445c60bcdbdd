//! # A deployment can never make progress
//!
//! With the service's `desired_count`, `deployment_minimum_healthy_percent` and `deployment_maximum_percent`, ECS may neither
//! start a new task (that would be too many) nor stop an old one (that would be too few).
//!
//! **Why.** The deployment hangs until somebody notices. ECS rounds the least number up and the greatest down, so small counts
//! get stuck with percentages that look harmless: one task with 100 and 150 may never become two, nor none.
//!
//! **Fix.** Keep 100 and 200 (the defaults), or leave room for at least one whole task.
//!
//! ```hcl,fail
//! resource "aws_ecs_service" "front" {
//!   name                               = "front"
//!   task_definition                    = "front:1"
//!   desired_count                      = 1
//!   deployment_minimum_healthy_percent = 100
//!   deployment_maximum_percent         = 150
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_service" "front" {
//!   name                               = "front"
//!   task_definition                    = "front:1"
//!   desired_count                      = 2
//!   deployment_minimum_healthy_percent = 100
//!   deployment_maximum_percent         = 150
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "most" {
//!   type = number
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name                               = "front"
//!   task_definition                    = "front:1"
//!   desired_count                      = 1
//!   deployment_minimum_healthy_percent = 100
//!   deployment_maximum_percent         = var.most
//! }
//! ```
//!
//! **Limits.** Only ECS's own rolling deployments of replica services are judged.

use check::{Check, Meta, Severity};
use model::{Attr, EcsService};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS018",
    name: "stuck-rollout",
    severity: Severity::High,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
    ],
};

const OPEN: &str = "it is not known whether a deployment can make progress";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let rolls = service.deployment_controller.as_ref().and_then(|controller| controller.kind);
    if matches!(rolls, Attr::Known(kind, _) if kind != "ECS")
        || service.scheduling_strategy.known() == Some(&"DAEMON")
    {
        return;
    }
    let least = service.deployment_minimum_healthy_percent.or(100);
    let most = service.deployment_maximum_percent.or(200);
    let count = service.desired_count.or(0);
    let parts = [
        ("deployment_maximum_percent", most),
        ("deployment_minimum_healthy_percent", least),
        ("desired_count", count),
    ];
    if let (Attr::Known(count, _), Attr::Known(least, _), Attr::Known(most, value)) =
        (count, least, most)
    {
        if is_stuck(count, least, most) {
            let message = format!(
                "a deployment of {count} tasks can neither start one (at most {most} %) nor stop one (at least {least} %)"
            );
            check.fail(value, "deployment_maximum_percent", message);
        }
        return;
    }
    // Room for twice the tasks, or for none, settles it whatever the rest is.
    if matches!(most, Attr::Known(200.., _)) || matches!(least, Attr::Known(0, _)) {
        return;
    }
    if let Some((path, Attr::Unknown(value))) = parts.iter().find(|(_, part)| part.is_unknown()) {
        check.unknown(value, *path, OPEN);
    }
}

/// The least number of tasks is rounded up, the greatest down.
fn is_stuck(count: i64, least: i64, most: i64) -> bool {
    let floor = count.saturating_mul(least).saturating_add(99) / 100;
    let ceiling = count.saturating_mul(most) / 100;
    count > 0 && ceiling <= count && floor >= count
}
