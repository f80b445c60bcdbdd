//! # A rule opens a range of ports
//!
//! A rule for traffic that comes in opens more than one port.
//!
//! **Why.** What will listen there next year is open already.
//!
//! **Fix.** Write one rule for each port.
//!
//! ```hcl,fail
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   cidr_ipv4         = "10.0.0.0/8"
//!   ip_protocol       = "tcp"
//!   from_port         = 8000
//!   to_port           = 8999
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   cidr_ipv4         = "10.0.0.0/8"
//!   ip_protocol       = "tcp"
//!   from_port         = 8000
//!   to_port           = 8000
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "port" {
//!   type = number
//! }
//!
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   cidr_ipv4         = "10.0.0.0/8"
//!   ip_protocol       = "tcp"
//!   from_port         = 8000
//!   to_port           = var.port
//! }
//! ```
//!
//! **Limits.** Every port at once, and ICMP, are other rules' business.

use check::{Check, Instance, Meta, Severity};
use model::Part;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC020",
    name: "port-ranges",
    severity: Severity::Low,
    resources: &[
        "aws_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
    ],
    aliases: &["SECURITY_GROUP_INGRESS_PORT_RANGE_RULE", "SECURITY_GROUP_EGRESS_PORT_RANGE_RULE"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
    ],
};

/// Judges a group or rule.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the rule opens a range of ports";
    let rules: Vec<Part<'a>> = match it.ty() {
        "aws_security_group" if !model::is_written(it.resource, "ingress") => Vec::new(),
        "aws_security_group" => check.blocks(it, "ingress"),
        "aws_security_group_rule" if it.text("type").is(|kind| kind == "egress").is_true() => {
            Vec::new()
        }
        _ => vec![Part::clone(it)],
    };
    for rule in rules {
        let numbered = |protocol: &str| matches!(protocol, "tcp" | "udp" | "6" | "17");
        let protocol =
            rule.text("protocol").is(numbered).or_else(rule.text("ip_protocol").is(numbered));
        let first = rule.number("from_port").attr.known().copied();
        let more = rule.number("to_port").is(|last| first.is_none_or(|first| first != last));
        check.require(!protocol.and(more), WRONG, WRONG);
    }
}
