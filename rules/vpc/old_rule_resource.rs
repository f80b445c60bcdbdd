//! # A rule in the form of yesterday
//!
//! `aws_security_group_rule` holds several ranges in one resource, and has no id of its own at AWS.
//!
//! **Why.** Changing one range replaces them all, and two rules that overlap cannot be told apart.
//!
//! **Fix.** Use `aws_vpc_security_group_ingress_rule` or `aws_vpc_security_group_egress_rule`, one for each range.
//!
//! ```hcl,fail
//! resource "aws_security_group_rule" "web" {
//!   security_group_id = "sg-1"
//!   type              = "ingress"
//!   protocol          = "tcp"
//!   from_port         = 443
//!   to_port           = 443
//!   cidr_blocks       = ["10.0.0.0/8"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_security_group_ingress_rule" "web" {
//!   security_group_id = "sg-1"
//!   ip_protocol       = "tcp"
//!   from_port         = 443
//!   to_port           = 443
//!   cidr_ipv4         = "10.0.0.0/8"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_security_group_rule" "web" {
//!   count = var.n
//!
//!   security_group_id = "sg-1"
//!   type              = "ingress"
//!   protocol          = "tcp"
//!   from_port         = 443
//!   to_port           = 443
//!   cidr_blocks       = ["10.0.0.0/8"]
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::ABSENT;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC023",
    name: "old-rule-resource",
    severity: Severity::Low,
    resources: &[
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_egress_rule",
    ],
    aliases: &["aws_security_group_rule_deprecated"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group_rule",
    ],
};

/// Judges a rule.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_security_group_rule" {
        check.fail(&ABSENT, "", "the rule is written in the form of yesterday");
    }
}
