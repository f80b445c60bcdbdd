//! # Everything may leave
//!
//! A security group lets its members connect to the whole Internet on every port.
//!
//! **Why.** What is broken into calls home, and data leaves unseen.
//!
//! **Fix.** Name the ports and the groups that are needed: 443 to endpoints, the database's port to its group.
//!
//! ```hcl,fail
//! resource "aws_vpc_security_group_egress_rule" "all" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "-1"
//!   cidr_ipv4         = "0.0.0.0/0"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_security_group_egress_rule" "all" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "-1"
//!   cidr_ipv4         = "10.0.0.0/8"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_vpc_security_group_egress_rule" "all" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "-1"
//!   cidr_ipv4         = var.range
//! }
//! ```
//!
//! **Limits.** It is what AWS itself gives a new group, so the severity is low.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC019",
    name: "open-egress",
    severity: Severity::Low,
    resources: &[
        "aws_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_egress_rule",
    ],
    aliases: &[
        "CKV_AWS_382",
        "AVD-AWS-0104",
        "aws-ec2-no-public-egress-sgr",
        "aws-vpc-no-public-egress-sgr",
        "EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE",
        "SECURITY_GROUP_EGRESS_ALL_PROTOCOLS_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
    ],
};

/// Judges a group or rule.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let Some(group) = check.reach().group(it.id) else { return };
    let everything = reach::Ports::everywhere(reach::Set::full());
    for rule in group.egress.rules.iter().filter(|rule| rule.id == it.id) {
        for peer in &rule.peers {
            let path = format!("{}{}", rule.path, peer.path);
            if peer.is_the_world() && rule.must == everything {
                check.fail(peer.value, path, "everything may leave to the whole Internet");
            } else if peer.may.addresses.covers_internet() && rule.may == everything {
                check.unknown(peer.value, path, "it is not known whether everything may leave");
            }
        }
    }
}
