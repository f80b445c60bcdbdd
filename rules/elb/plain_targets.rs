//! # A load balancer talks to its targets in plain text
//!
//! The target group's protocol is HTTP.
//!
//! **Why.** Inside the VPC the way is short, but whoever is inside reads it.
//!
//! **Fix.** Set `protocol = "HTTPS"`, with any certificate on the targets: the load balancer does not check it.
//!
//! ```hcl,fail
//! resource "aws_lb_target_group" "web" {
//!   vpc_id   = "vpc-1"
//!   port     = 8080
//!   protocol = "HTTP"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb_target_group" "web" {
//!   vpc_id   = "vpc-1"
//!   port     = 8080
//!   protocol = "HTTPS"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "protocol" {
//!   type = string
//! }
//!
//! resource "aws_lb_target_group" "web" {
//!   vpc_id   = "vpc-1"
//!   port     = 8080
//!   protocol = var.protocol
//! }
//! ```
//!
//! **Limits.** Plain HTTP inside a VPC is common, and AWS keeps others from listening: the severity is low.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB017",
    name: "plain-targets",
    severity: Severity::Low,
    resources: &["aws_lb_target_group", "aws_alb_target_group"],
    aliases: &["CKV_AWS_378", "AC_AWS_0492"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group",
    ],
};

/// Judges a target group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let plain = it.text("protocol").is(|protocol| protocol == "HTTP");
    check.require(
        !plain,
        "the load balancer talks to its targets in plain text",
        "the load balancer talks to its targets in plain text",
    );
}
