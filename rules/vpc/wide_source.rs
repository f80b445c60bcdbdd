//! # Public addresses are let in as a range
//!
//! A rule lets a range of public addresses in, smaller than the Internet and larger than one machine.
//!
//! **Why.** Ranges of offices and providers change hands, and many people share them.
//!
//! **Fix.** Name single addresses (`/32`), or better a VPN.
//!
//! ```hcl,fail
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 443
//!   to_port           = 443
//!   cidr_ipv4         = "52.47.0.0/16"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 443
//!   to_port           = 443
//!   cidr_ipv4         = "52.47.1.1/32"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 443
//!   to_port           = 443
//!   cidr_ipv4         = var.range
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use reach::Addresses;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC025",
    name: "wide-source",
    severity: Severity::Low,
    resources: &[
        "aws_vpc_security_group_ingress_rule",
        "aws_security_group",
        "aws_security_group_rule",
    ],
    aliases: &["SECURITY_GROUP_INGRESS_CIDR_NON_32_RULE"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_security_group_ingress_rule",
    ],
};

/// Judges a group or rule.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let Some(group) = check.reach().group(it.id) else { return };
    for rule in group.ingress.rules.iter().filter(|rule| rule.id == it.id) {
        for peer in &rule.peers {
            let path = format!("{}{}", rule.path, peer.path);
            let addresses = &peer.must.addresses;
            let public = addresses.v4.intersection(&Addresses::internet().v4);
            let range = public.runs().iter().any(|run| run.last > run.first)
                && !addresses.covers_internet();
            if range {
                check.fail(peer.value, path, "a range of public addresses is let in");
            } else if peer.must != peer.may && !peer.may.addresses.is_empty() {
                check.unknown(
                    peer.value,
                    path,
                    "it is not known whether a range of public addresses is let in",
                );
            }
        }
    }
}
