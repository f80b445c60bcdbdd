//! # A VPC's default security group lets traffic through
//!
//! The stack does not adopt the VPC's default security group, so the group keeps the rules that AWS gave it.
//!
//! **Why.** Whatever is put there without a group of its own reaches everything else in it, and the whole Internet.
//!
//! **Fix.** Add an `aws_default_security_group` for the VPC, without rules.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_default_security_group" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "vpc" {
//!   type = string
//! }
//!
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_default_security_group" "main" {
//!   vpc_id = var.vpc
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC031",
    name: "default-group-kept",
    severity: Severity::Low,
    resources: &["aws_vpc"],
    aliases: &["CKV2_AWS_12"],
    controls: &[("FSBP", "EC2.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2"],
};

/// Judges a VPC.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let adopted = check.companions(it, "aws_default_security_group", "vpc_id").exist();
    check.require(
        adopted,
        "the default security group keeps the rules that AWS gave it",
        "the default security group is adopted",
    );
}
