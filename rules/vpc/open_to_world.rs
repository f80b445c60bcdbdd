//! # A port is open to the whole Internet
//!
//! A security group lets the whole Internet connect to a port that is not a listener of its load balancer. What a load balancer
//! listens on is taken from the stack; a group that no load balancer has should be open to the world on no port at all.
//!
//! **Why.** What is open is found, tried and remembered, also when nothing listens there yet.
//!
//! **Fix.** Open the listeners' ports on the load balancer's group only; let everything else in by naming security groups.
//!
//! ```hcl,fail
//! resource "aws_security_group" "alb" {
//!   ingress {
//!     protocol    = "tcp"
//!     from_port   = 80
//!     to_port     = 443
//!     cidr_blocks = ["0.0.0.0/0"]
//!   }
//! }
//!
//! resource "aws_lb" "front" {
//!   security_groups = [aws_security_group.alb.id]
//!   subnets         = ["subnet-1", "subnet-2"]
//! }
//!
//! resource "aws_lb_listener" "front" {
//!   for_each = { HTTP = 80, HTTPS = 443 }
//!
//!   load_balancer_arn = aws_lb.front.arn
//!   port              = each.value
//!   protocol          = each.key
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_security_group" "alb" {
//!   dynamic "ingress" {
//!     for_each = [80, 443]
//!
//!     content {
//!       protocol    = "tcp"
//!       from_port   = ingress.value
//!       to_port     = ingress.value
//!       cidr_blocks = ["0.0.0.0/0"]
//!     }
//!   }
//! }
//!
//! resource "aws_lb" "front" {
//!   security_groups = [aws_security_group.alb.id]
//!   subnets         = ["subnet-1", "subnet-2"]
//! }
//!
//! resource "aws_lb_listener" "front" {
//!   for_each = { HTTP = 80, HTTPS = 443 }
//!
//!   load_balancer_arn = aws_lb.front.arn
//!   port              = each.value
//!   protocol          = each.key
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "port" {
//!   type = number
//! }
//!
//! resource "aws_security_group" "alb" {
//!   ingress {
//!     protocol    = "tcp"
//!     from_port   = var.port
//!     to_port     = var.port
//!     cidr_blocks = ["0.0.0.0/0"]
//!   }
//! }
//! ```
//!
//! **Limits.** Ports to log in at are `open-admin-port`'s. Of ICMP nothing is said. For a group of another stack ports 80 and 443
//! stay unknown: its load balancer may be there too.

use check::{Check, Ingress, Meta, Severity};
use model::{Attr, Lb, LbListener};
use reach::{Addresses, GroupKey, Name, Packet, Ports, Set, TCP, UDP};
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC002",
    name: "open-to-world",
    severity: Severity::High,
    resources: &[
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
    ],
    aliases: &[
        "CKV_AWS_260",
        "CKV_AWS_277",
        "AVD-AWS-0107",
        "aws-ec2-no-public-ingress-sgr",
        "ffac8a12-322e-42c1-b9b9-81ff85c39ef7",
        "AC_AWS_0228",
        "4728cd65-a20c-49da-8b31-9c08b423e4db",
        "AC_AWS_0275",
        "AC_AWS_0231",
        "SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE",
        "EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE",
        "590d878b-abdc-428f-895a-e2b68a0e1998",
        "AC_AWS_0276",
        "381c3f2a-ef6f-4eff-99f7-b169cda3422c",
        "RESTRICTED_INCOMING_TRAFFIC",
        "CKV2_AWS_7",
        "54c417bf-c762-48b9-9d31-b3d87047e3f0",
        "AC_AWS_0478",
        "AC_AWS_0489",
        "AC_AWS_0229",
    ],
    controls: &[("FSBP", "EC2.18"), ("FSBP", "EC2.19")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18"],
};

/// What a load balancer may show the world.
#[derive(Default)]
struct Shown<'a> {
    /// Its listeners' ports.
    ports: Ports,
    /// A reason that there may be more, on these ports.
    maybe: Option<(&'a Value, Ports)>,
}

/// Judges a group, or a rule of its own.
pub fn check<'a>(ingress: &Ingress<'a>, check: &mut Check<'a>) {
    let (model, reach) = (check.model(), check.reach());
    let opening = reach.opening(ingress.id);
    if opening.certain.is_empty() && opening.possible.is_empty() {
        return;
    }
    let Some((key, group)) = reach.groups().of(ingress.id) else { return };
    let shown = shown(key, ingress, check);
    let admin = crate::vpc::open_admin_port::admin_ports();
    let asked = numbered(&Set::full()).difference(&admin).difference(&shown.ports);
    for (rule, peer, ports) in opening.certain {
        let path = format!("{}{}", rule.path, peer.path);
        let mut ports = ports.intersection(&asked);
        if let Some((value, maybe)) = &shown.maybe {
            let open = ports.intersection(maybe);
            ports = ports.difference(maybe);
            if !open.is_empty() && ports.is_empty() {
                let ports = reach::describe(&open);
                let message = format!(
                    "it is not known whether a load balancer listens on {ports}, open to the whole Internet"
                );
                check.unknown(value, path.clone(), message);
            }
        }
        let packet = Packet::of(&group.ingress.must, &ports, Addresses::internet());
        let Some(packet) = packet.filter(|packet| reach::admits(model, &group.ingress, packet))
        else {
            continue;
        };
        let message = format!(
            "the whole Internet may connect to {}, where no load balancer listens",
            reach::describe(&ports)
        );
        check.fail(peer.value, path, message).witness(packet.to_string());
    }
    for (path, value, ports) in opening.possible {
        if !ports.intersection(&asked).is_empty() {
            let message = "it is not known whether the whole Internet may connect where no load balancer listens";
            check.unknown(value, path, message);
        }
    }
}

/// Protocols with ports.
fn numbered(ports: &Set<u16>) -> Ports {
    let of = |protocol| Ports::run(protocol, protocol, ports.clone());
    if ports.is_empty() { Ports::default() } else { of(TCP).union(&of(UDP)) }
}

/// What the load balancers that have the group listen on.
fn shown<'a>(key: &GroupKey, ingress: &Ingress<'a>, check: &Check<'a>) -> Shown<'a> {
    let mut shown = Shown::default();
    let web = numbered(&Set::one(80).union(&Set::one(443)));
    let GroupKey::Here(id) = key else {
        shown.maybe = Some((model::field(&ingress.resource.value, "security_group_id"), web));
        return shown;
    };
    let model = check.model();
    let mut candidates = model.candidates(*id, "aws_lb", "security_groups");
    candidates.extend(model.candidates(*id, "aws_alb", "security_groups"));
    for lb in candidates.into_iter().filter_map(|id| model.get::<Lb>(id)) {
        let mut groups = lb.security_groups.elements().iter();
        let names = |group: &Attr<'a, &'a str>| reach::group_target(model, group.value());
        if !groups.any(|group| names(group) == Some(Name::Group(*id))) {
            continue;
        }
        let (listeners, open) = reach::listeners(model, lb);
        for listener in &listeners {
            match listens_on(listener) {
                Ok(ports) => shown.ports = shown.ports.union(&ports),
                Err(value) => shown.maybe = Some((value, numbered(&Set::full()))),
            }
        }
        if let Some(value) = open {
            shown.maybe = Some((value, numbered(&Set::full())));
        }
    }
    shown
}

/// The port of a listener.
fn listens_on<'a>(listener: &LbListener<'a>) -> Result<Ports, &'a Value> {
    let Attr::Known(port, _) = listener.port else { return Err(listener.port.value()) };
    let Ok(port) = u16::try_from(port) else { return Ok(Ports::default()) };
    let of = |protocol| Ports::run(protocol, protocol, Set::one(port));
    match listener.protocol {
        Attr::Known("UDP", _) => Ok(of(UDP)),
        Attr::Known("TCP_UDP", _) => Ok(of(TCP).union(&of(UDP))),
        Attr::Known(..) | Attr::Null(_) => Ok(of(TCP)),
        Attr::Unknown(value) => Err(value),
    }
}
