//! # The whole Internet may try to log in
//!
//! A security group lets the whole Internet connect to SSH (22) or RDP (3389). Ranges are added up exactly: `0.0.0.0/0`, `::/0` in
//! any spelling, two halves in two rules, `-1` for all protocols, port ranges, prefix lists of this stack, and all three ways to
//! write a rule.
//!
//! **Why.** Every address of the Internet is tried with stolen and guessed passwords within minutes.
//!
//! **Fix.** Use Session Manager, or a VPN, or at least name the addresses that need it.
//!
//! ```hcl,fail
//! resource "aws_security_group" "bastion" {}
//!
//! resource "aws_vpc_security_group_ingress_rule" "ssh" {
//!   for_each = toset(["0.0.0.0/1", "128.0.0.0/1"])
//!
//!   security_group_id = aws_security_group.bastion.id
//!   ip_protocol       = "tcp"
//!   from_port         = 0
//!   to_port           = 1024
//!   cidr_ipv4         = each.key
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_security_group" "bastion" {
//!   ingress {
//!     protocol    = "tcp"
//!     from_port   = 22
//!     to_port     = 22
//!     cidr_blocks = ["10.0.0.0/8", "192.0.2.7/32"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "office" {
//!   type = list(string)
//! }
//!
//! resource "aws_security_group" "bastion" {
//!   ingress {
//!     protocol    = "tcp"
//!     from_port   = 22
//!     to_port     = 22
//!     cidr_blocks = var.office
//!   }
//! }
//! ```
//!
//! **Limits.** "The whole Internet" is every globally reachable IPv4 address, or every IPv6 one; a group that leaves some of it
//! out is not reported. Whether anything with a public address has the group is not asked.

use check::{Check, Ingress, Meta, Severity};
use reach::{Addresses, Packet, Ports, Set, TCP, UDP};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC001",
    name: "open-admin-port",
    severity: Severity::Critical,
    resources: &[
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
    ],
    aliases: &[
        "CKV_AWS_24",
        "CKV_AWS_25",
        "AVD-AWS-0107",
        "aws-ec2-no-public-ingress-sgr",
        "65905cec-d691-4320-b320-2000436cb696",
        "AC_AWS_0227",
        "INCOMING_SSH_DISABLED",
        "151187cb-0efc-481c-babd-ad24e3c9bc22",
    ],
    controls: &[("FSBP", "EC2.13"), ("FSBP", "EC2.14"), ("FSBP", "EC2.53")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13"],
};

/// Ports to log in at: protocol, port.
const ADMIN: [(u8, u16); 3] = [(TCP, 22), (TCP, 3389), (UDP, 3389)];

/// The ports that this rule is about.
pub(crate) fn admin_ports() -> Ports {
    ADMIN.into_iter().fold(Ports::default(), |all, (protocol, port)| {
        all.union(&Ports::run(protocol, protocol, Set::one(port)))
    })
}

/// Judges a group, or a rule of its own.
pub fn check<'a>(ingress: &Ingress<'a>, check: &mut Check<'a>) {
    let (model, reach) = (check.model(), check.reach());
    let opening = reach.opening(ingress.id);
    let Some(group) = reach.group(ingress.id) else { return };
    for (rule, peer, ports) in opening.certain {
        let ports = ports.intersection(&admin_ports());
        let packet = Packet::of(&group.ingress.must, &ports, Addresses::internet());
        let Some(packet) = packet.filter(|packet| reach::admits(model, &group.ingress, packet))
        else {
            continue;
        };
        let message = format!("the whole Internet may connect to {}", reach::describe(&ports));
        check
            .fail(peer.value, format!("{}{}", rule.path, peer.path), message)
            .witness(packet.to_string());
    }
    for (path, value, ports) in opening.possible {
        let ports = ports.intersection(&admin_ports());
        if !ports.is_empty() {
            let ports = reach::describe(&ports);
            check.unknown(
                value,
                path,
                format!("it is not known whether the Internet may connect to {ports}"),
            );
        }
    }
}
