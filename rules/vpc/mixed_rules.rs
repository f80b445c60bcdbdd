//! # Rules of a group undo each other
//!
//! The group has rules inside it, and others in resources of their own.
//!
//! **Why.** Terraform removes in each run what the other form has added: traffic stops every second apply.
//!
//! **Fix.** Write all rules in one form, better as `aws_vpc_security_group_ingress_rule` and
//! `aws_vpc_security_group_egress_rule`.
//!
//! ```hcl,fail
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//!
//!   ingress {
//!     description = "HTTPS"
//!     protocol    = "tcp"
//!     from_port   = 443
//!     to_port     = 443
//!     cidr_blocks = ["10.0.0.0/8"]
//!   }
//! }
//!
//! resource "aws_vpc_security_group_ingress_rule" "ssh" {
//!   security_group_id = aws_security_group.web.id
//!   description       = "SSH"
//!   ip_protocol       = "tcp"
//!   from_port         = 22
//!   to_port           = 22
//!   cidr_ipv4         = "10.0.0.0/8"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//!
//!   ingress {
//!     description = "HTTPS"
//!     protocol    = "tcp"
//!     from_port   = 443
//!     to_port     = 443
//!     cidr_blocks = ["10.0.0.0/8"]
//!   }
//! }
//!
//! resource "aws_vpc_security_group_ingress_rule" "ssh" {
//!   security_group_id = "sg-1"
//!   description       = "SSH"
//!   ip_protocol       = "tcp"
//!   from_port         = 22
//!   to_port           = 22
//!   cidr_ipv4         = "10.0.0.0/8"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//!
//!   ingress {
//!     description = "HTTPS"
//!     protocol    = "tcp"
//!     from_port   = 443
//!     to_port     = 443
//!     cidr_blocks = ["10.0.0.0/8"]
//!   }
//! }
//!
//! resource "aws_vpc_security_group_ingress_rule" "ssh" {
//!   security_group_id = var.group
//!   description       = "SSH"
//!   ip_protocol       = "tcp"
//!   from_port         = 22
//!   to_port           = 22
//!   cidr_ipv4         = "10.0.0.0/8"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC022",
    name: "mixed-rules",
    severity: Severity::Medium,
    resources: &["aws_security_group"],
    aliases: &["aws_security_group_inline_rules"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for (direction, own) in [
        ("ingress", "aws_vpc_security_group_ingress_rule"),
        ("egress", "aws_vpc_security_group_egress_rule"),
    ] {
        if !model::is_written(it.resource, direction) {
            continue;
        }
        let others = check.companions(it, own, "security_group_id").exist();
        let old = check.companions(it, "aws_security_group_rule", "security_group_id");
        let old = old.any(|rule| rule.text("type").is(|kind| kind == direction));
        check.require(
            !others.or_else(old),
            "the group has rules inside it, and others outside",
            "the group has rules outside it too",
        );
    }
}
