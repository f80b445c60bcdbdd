//! # No firewall looks at what passes
//!
//! The VPC has an Internet gateway, and no AWS Network Firewall.
//!
//! **Why.** Security groups see addresses and ports; what is inside the packets passes.
//!
//! **Fix.** Add an `aws_networkfirewall_firewall` with `vpc_id`. It costs about 290 USD a month for each zone.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
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
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = var.vpc
//! }
//! ```
//!
//! **Limits.** A VPC without an Internet gateway in the stack is not judged.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC028",
    name: "network-firewall",
    severity: Severity::Low,
    resources: &["aws_vpc"],
    aliases: &["fd632aaf-b8a1-424d-a4d1-0de22fd3247a"],
    controls: &[],
    since: "0.1.0",
    links: &["https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc"],
};

/// Judges a VPC.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let gateway = check.companions(it, "aws_internet_gateway", "vpc_id").exist();
    let firewall = check.companions(it, "aws_networkfirewall_firewall", "vpc_id").exist();
    check.require(
        firewall.or_else(!gateway),
        "no firewall looks at what passes",
        "a firewall looks at what passes",
    );
}
