//! # Tasks let in more than their load balancer
//!
//! The security groups of a service behind an application load balancer should let in the load balancer's groups, and nobody
//! else but the tasks themselves.
//!
//! **Why.** What can talk to the tasks directly goes past the load balancer's TLS, access rules, limits and logs. A whole
//! network range lets in every machine of the VPC, and with peering more than that.
//!
//! **Fix.** Name the load balancer's security group as the source of the tasks' ingress rule instead of an address range.
//!
//! ```hcl,fail
//! resource "aws_security_group" "alb" {}
//!
//! resource "aws_security_group" "tasks" {
//!   ingress {
//!     protocol    = "tcp"
//!     from_port   = 80
//!     to_port     = 80
//!     cidr_blocks = ["10.0.0.0/16"]
//!   }
//! }
//!
//! resource "aws_lb" "front" {
//!   security_groups = [aws_security_group.alb.id]
//!   subnets         = ["subnet-1", "subnet-2"]
//! }
//!
//! resource "aws_lb_target_group" "front" {
//!   target_type = "ip"
//!   port        = 80
//!   protocol    = "HTTP"
//!   vpc_id      = "vpc-1"
//! }
//!
//! resource "aws_lb_listener" "front" {
//!   load_balancer_arn = aws_lb.front.arn
//!   port              = 80
//!   protocol          = "HTTP"
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = aws_lb_target_group.front.arn
//!   }
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets         = ["subnet-1"]
//!     security_groups = [aws_security_group.tasks.id]
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
//! resource "aws_security_group" "alb" {}
//!
//! resource "aws_security_group" "tasks" {
//!   ingress {
//!     protocol        = "tcp"
//!     from_port       = 80
//!     to_port         = 80
//!     security_groups = [aws_security_group.alb.id]
//!   }
//! }
//!
//! resource "aws_lb" "front" {
//!   security_groups = [aws_security_group.alb.id]
//!   subnets         = ["subnet-1", "subnet-2"]
//! }
//!
//! resource "aws_lb_target_group" "front" {
//!   target_type = "ip"
//!   port        = 80
//!   protocol    = "HTTP"
//!   vpc_id      = "vpc-1"
//! }
//!
//! resource "aws_lb_listener" "front" {
//!   load_balancer_arn = aws_lb.front.arn
//!   port              = 80
//!   protocol          = "HTTP"
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = aws_lb_target_group.front.arn
//!   }
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets         = ["subnet-1"]
//!     security_groups = [aws_security_group.tasks.id]
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
//! variable "target_group" {
//!   type = string
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets         = ["subnet-1"]
//!     security_groups = ["sg-1"]
//!   }
//!
//!   load_balancer {
//!     target_group_arn = var.target_group
//!     container_name   = "front"
//!     container_port   = 80
//!   }
//! }
//! ```
//!
//! **Limits.** Services without a load balancer, and those behind a network load balancer (which may pass the client's own
//! address on), are not judged.

use check::{Check, Meta, Severity};
use model::{Attr, EcsService, LbTargetGroup, Target};
use reach::{Name, Peers};
use stack::{ResourceId, Value};
use std::collections::BTreeSet;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS003",
    name: "task-ingress",
    severity: Severity::Medium,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    ],
};

const PATH: &str = "network_configuration[0].security_groups";
const OPEN: &str = "it is not known who may talk to the tasks besides their load balancer";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let Some(mut friends) = balancer_groups(service, check) else { return };
    let groups = service.network_configuration.clone().and_then(|network| network.security_groups);
    if let Attr::Unknown(value) = groups {
        check.unknown(value, PATH, OPEN);
    }
    let (model, reach) = (check.model(), check.reach());
    let mut own: Vec<(usize, &'a Value, ResourceId)> = Vec::new();
    for (at, group) in groups.elements().iter().enumerate() {
        match reach::group_target(model, group.value()) {
            Some(Name::Group(id)) => {
                friends.insert(Name::Group(id));
                own.push((at, group.value(), id));
            }
            _ => {
                check.unknown(group.value(), format!("{PATH}[{at}]"), OPEN);
            }
        }
    }
    let stranger = |peers: &Peers| {
        !peers.addresses.is_empty() || peers.named.iter().any(|name| !friends.contains(name))
    };
    for (at, _, id) in own {
        let Some(group) = reach.group(id) else { continue };
        let path = format!("{PATH}[{at}]");
        for hole in &group.ingress.holes {
            check.unknown(hole, path.clone(), OPEN);
        }
        for rule in &group.ingress.rules {
            for peer in rule.peers.iter().filter(|peer| stranger(&peer.may)) {
                if stranger(&peer.must) && !rule.resource.symbolic {
                    let ports = reach::describe(&rule.must);
                    let message =
                        format!("not only the load balancer may talk to the tasks ({ports})");
                    check.fail(peer.value, path.clone(), message).also(
                        rule.resource.header,
                        format!("`{}` lets them in", rule.resource.address),
                    );
                } else {
                    check.unknown(peer.value, path.clone(), OPEN);
                }
            }
        }
    }
}

/// The groups of the application load balancers that the service's tasks stand behind; `None` when there are none.
fn balancer_groups<'a>(service: &EcsService<'a>, check: &mut Check<'a>) -> Option<BTreeSet<Name>> {
    let path = "load_balancer";
    if let Attr::Unknown(value) = service.load_balancer {
        check.unknown(value, path, OPEN);
        return None;
    }
    let model = check.model();
    let mut groups = BTreeSet::new();
    for balancer in service.load_balancer.elements().iter().filter_map(Attr::known) {
        let value = balancer.target_group_arn.value();
        let found = match model.target::<LbTargetGroup>(value) {
            Target::Here(group) => reach::balancers(model, group),
            Target::Nothing(_) => continue,
            Target::Elsewhere(_) | Target::Unknown(_) => {
                check.unknown(value, path, OPEN);
                return None;
            }
        };
        if let Some(value) = found.unknown {
            check.unknown(value, path, OPEN);
            return None;
        }
        for lb in found.here {
            match lb.load_balancer_type {
                Attr::Known("application", _) | Attr::Null(_) => {}
                _ => return None,
            }
            for group in lb.security_groups.elements() {
                groups.extend(reach::group_target(model, group.value()));
            }
            if lb.security_groups.has_unknown() && groups.is_empty() {
                check.unknown(lb.security_groups.value(), path, OPEN);
                return None;
            }
        }
    }
    (!groups.is_empty()).then_some(groups)
}
