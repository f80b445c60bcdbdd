//! # A network ACL lets everything through
//!
//! An entry allows every protocol, or every port, to the whole Internet.
//!
//! **Why.** The ACL then is no wall at all: security groups stand alone.
//!
//! **Fix.** Allow what is needed: the listeners' ports, and 1024 to 65535 for answers.
//!
//! ```hcl,fail
//! resource "aws_network_acl_rule" "all" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "-1"
//!   rule_action    = "allow"
//!   cidr_block     = "0.0.0.0/0"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_network_acl_rule" "all" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "-1"
//!   rule_action    = "allow"
//!   cidr_block     = "10.0.0.0/8"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_network_acl_rule" "all" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "-1"
//!   rule_action    = "allow"
//!   cidr_block     = var.range
//! }
//! ```
//!
//! **Limits.** An ACL that only carries what security groups decide is common: the severity says so.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC009",
    name: "wide-network-acl",
    severity: Severity::Low,
    resources: &["aws_network_acl_rule", "aws_network_acl", "aws_default_network_acl"],
    aliases: &[
        "CKV_AWS_352",
        "AVD-AWS-0102",
        "aws-ec2-no-excessive-port-access",
        "aws-vpc-no-excessive-port-access",
        "EC2_NETWORK_ACL_PROTOCOL_RULE",
        "EC2_NETWORK_ACL_PORT_RANGE_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/network_acl_rule",
    ],
};

/// Judges a network ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for entry in super::open_network_acl::entries(it, "ingress", check) {
        let open = entry.allows_world().and(entry.is_for_all());
        check.require(!open, "the ACL lets everything through", "the ACL lets everything through");
    }
}
