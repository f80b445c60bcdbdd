//! # The load balancer's port is not the container's
//!
//! A service's `load_balancer` block names a container or port that the task definition does not have, or the target group
//! probes a port on which no container listens.
//!
//! **Why.** ECS refuses a service whose container or port is not in the task definition, at apply, not before. A health check on
//! the wrong port never succeeds, so every task is stopped again.
//!
//! **Fix.** Take name and port from one place (a local), and leave the health check's port at `traffic-port`.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family       = "front"
//!   network_mode = "awsvpc"
//!   container_definitions = jsonencode([
//!     { name = "front", image = "example.com/front:1", portMappings = [{ containerPort = 8080 }] }
//!   ])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   load_balancer {
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!     container_name   = "front"
//!     container_port   = 80
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family       = "front"
//!   network_mode = "awsvpc"
//!   container_definitions = jsonencode([
//!     { name = "front", image = "example.com/front:1", portMappings = [{ containerPort = 8080 }] }
//!   ])
//! }
//!
//! resource "aws_lb_target_group" "front" {
//!   target_type = "ip"
//!   port        = 80
//!   protocol    = "HTTP"
//!   vpc_id      = "vpc-1"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   load_balancer {
//!     target_group_arn = aws_lb_target_group.front.arn
//!     container_name   = "front"
//!     container_port   = 8080
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "port" {
//!   type = number
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family       = "front"
//!   network_mode = "awsvpc"
//!   container_definitions = jsonencode([
//!     { name = "front", image = "example.com/front:1", portMappings = [{ containerPort = 8080 }] }
//!   ])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   load_balancer {
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!     container_name   = "front"
//!     container_port   = var.port
//!   }
//! }
//! ```
//!
//! **Limits.** The target group's own `port` may differ: ECS registers each task with its container's port.

use check::{Check, Meta, Severity};
use model::{
    Attr, ContainerDefinition, EcsService, LbTargetGroup, PortMapping, ServiceLoadBalancer,
};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS022",
    name: "container-port",
    severity: Severity::High,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html"],
};

const OPEN: &str = "it is not known whether the load balancer's port is the container's";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let balancers = service.load_balancer.elements();
    if balancers.is_empty() {
        return;
    }
    let Some(task) = check.task(service, OPEN) else { return };
    let containers = check.containers(task, OPEN);
    if !check.is_silent() {
        return;
    }
    for (at, balancer) in balancers.iter().enumerate() {
        let Attr::Known(balancer, _) = balancer else { continue };
        let path = format!("load_balancer[{at}]");
        let Some(container) = named(balancer, &containers, &path, check) else { continue };
        let Some(port) = mapped(balancer, container, &path, check) else { continue };
        probed(balancer, container, port, &path, check);
    }
}

/// The container that the block names.
fn named<'a, 't>(
    balancer: &ServiceLoadBalancer<'a>,
    containers: &[(usize, &'t ContainerDefinition<'a>)],
    path: &str,
    check: &mut Check<'a>,
) -> Option<&'t ContainerDefinition<'a>> {
    let path = format!("{path}.container_name");
    match balancer.container_name {
        Attr::Known(name, value) => {
            let same = |it: &ContainerDefinition<'a>| it.name.known().is_some_and(|it| it == name);
            if let Some((_, container)) = containers.iter().find(|(_, container)| same(container)) {
                return Some(container);
            }
            match containers.iter().find(|(_, container)| container.name.is_unknown()) {
                Some((_, container)) => check.unknown(container.name.value(), path, OPEN),
                None => check.fail(
                    value,
                    path,
                    format!("the task definition has no container `{name}`"),
                ),
            };
        }
        Attr::Unknown(value) => {
            check.unknown(value, path, OPEN);
        }
        Attr::Null(_) => {}
    }
    None
}

/// The port that the block names, when the container maps it.
fn mapped<'a>(
    balancer: &ServiceLoadBalancer<'a>,
    container: &ContainerDefinition<'a>,
    path: &str,
    check: &mut Check<'a>,
) -> Option<i64> {
    let path = format!("{path}.container_port");
    match balancer.container_port {
        Attr::Known(port, value) => match maps(container, port) {
            Some(true) => return Some(port),
            Some(false) => {
                let name = container.name.known().map_or("?", |name| name.as_str());
                let message = format!("container `{name}` does not map port {port}");
                check.fail(value, path, message).evidence(port.to_string());
            }
            None => {
                check.unknown(container.port_mappings.value(), path, OPEN);
            }
        },
        Attr::Unknown(value) => {
            check.unknown(value, path, OPEN);
        }
        Attr::Null(_) => {}
    }
    None
}

/// Whether a container maps a port; `None` when one of its ports is not known.
fn maps(container: &ContainerDefinition<'_>, port: i64) -> Option<bool> {
    let mappings = container.port_mappings.elements();
    let has = |mapping: &PortMapping<'_>| {
        mapping.container_port.known() == Some(&port)
            || mapping.container_port_range.known().is_some_and(|range| {
                let ends = range.split_once('-').map(|(first, last)| (first.parse(), last.parse()));
                matches!(ends, Some((Ok(first), Ok(last))) if (first..=last).contains(&port))
            })
    };
    if mappings.iter().filter_map(Attr::known).any(has) {
        return Some(true);
    }
    let open = container.port_mappings.has_unknown()
        || mappings.iter().filter_map(Attr::known).any(|it| it.container_port.is_unknown());
    (!open).then_some(false)
}

/// A health check with a port of its own must find a container that listens there.
fn probed<'a>(
    balancer: &ServiceLoadBalancer<'a>,
    container: &ContainerDefinition<'a>,
    port: i64,
    path: &str,
    check: &mut Check<'a>,
) {
    let target = check.model().target::<LbTargetGroup>(balancer.target_group_arn.value());
    let Some(group) = target.here() else { return };
    let probe = group.health_check.as_ref().and_then(|probe| probe.port);
    let Attr::Known(text, value) = probe else { return };
    let Ok(probe) = text.parse::<i64>() else { return };
    if probe != port && maps(container, probe) == Some(false) {
        let message =
            format!("the health check probes port {probe}, and the container listens on {port}");
        check
            .fail(value, format!("{path}.target_group_arn"), message)
            .also(group.resource.header, "the target group");
    }
}
