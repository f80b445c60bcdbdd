//! # A security group has no members
//!
//! Nothing of the stack has the group, and no output tells of it.
//!
//! **Why.** Whoever reads it believes in a wall that is not there; whoever needs one in a hurry takes it, wide as it is.
//!
//! **Fix.** Give it to something, or delete it.
//!
//! ```hcl,fail
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//! }
//!
//! resource "aws_instance" "web" {
//!   ami                    = "ami-1"
//!   instance_type          = "t3.micro"
//!   vpc_security_group_ids = [aws_security_group.web.id]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//! }
//!
//! resource "aws_instance" "web" {
//!   count = var.n
//!
//!   ami                    = "ami-1"
//!   instance_type          = "t3.micro"
//!   vpc_security_group_ids = [aws_security_group.web.id]
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::ABSENT;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC021",
    name: "unused-security-group",
    severity: Severity::Low,
    resources: &["aws_security_group"],
    aliases: &["CKV2_AWS_5", "4849211b-ac39-479e-ae78-5694d506cb24"],
    controls: &[("FSBP", "EC2.22")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-22"],
};

/// Types that write rules of a group, and so do not use it.
const RULES: [&str; 4] = [
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
];

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let members: Vec<_> =
        check.users(it).filter(|user| !RULES.contains(&user.address.ty.as_str())).collect();
    if check.is_told(it) || members.iter().any(|member| !member.symbolic) {
        return;
    }
    if members.is_empty() {
        check.fail(&ABSENT, "", "the group has no members");
    } else {
        check
            .unknown(&ABSENT, "", "it is not known whether the group has members")
            .reason("it is not known whether a member exists");
    }
}
