//! # A network ACL guards nothing
//!
//! No subnet has the ACL.
//!
//! **Why.** Whoever reads it believes in a wall that is not there.
//!
//! **Fix.** Name subnets in `subnet_ids`, add an `aws_network_acl_association`, or delete it.
//!
//! ```hcl,fail
//! resource "aws_network_acl" "web" {
//!   vpc_id = "vpc-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_network_acl" "web" {
//!   vpc_id     = "vpc-1"
//!   subnet_ids = ["subnet-1"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_network_acl" "web" {
//!   vpc_id     = "vpc-1"
//!   subnet_ids = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC010",
    name: "unused-network-acl",
    severity: Severity::Low,
    resources: &["aws_network_acl"],
    aliases: &["CKV2_AWS_1"],
    controls: &[("FSBP", "EC2.16")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-16"],
};

/// Judges a network ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let associated = check.companions(it, "aws_network_acl_association", "network_acl_id").exist();
    check.require(
        it.is_set("subnet_ids").or_else(associated),
        "no subnet has the ACL",
        "a subnet has the ACL",
    );
}
