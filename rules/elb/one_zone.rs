//! # A load balancer stands in one zone
//!
//! The load balancer has one subnet only.
//!
//! **Why.** When its zone is down, so is everything behind it.
//!
//! **Fix.** Name subnets of two zones or more.
//!
//! ```hcl,fail
//! resource "aws_lb" "web" {
//!   load_balancer_type = "network"
//!   subnets            = ["subnet-1"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb" "web" {
//!   load_balancer_type = "network"
//!   subnets            = ["subnet-1", "subnet-2"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_lb" "web" {
//!   load_balancer_type = "network"
//!   subnets            = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB012",
    name: "one-zone",
    severity: Severity::Medium,
    resources: &["aws_lb", "aws_alb", "aws_elb"],
    aliases: &[],
    controls: &[("FSBP", "ELB.10"), ("FSBP", "ELB.13")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-10",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13",
    ],
};

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let one = |name: &str| it.texts(name).is(|list| list.len() == 1);
    let mapped = it.blocks("subnet_mapping").is(|mappings| mappings.len() == 1);
    let alone = one("subnets").or_else(one("availability_zones")).or_else(mapped);
    check.require(
        !alone,
        "the load balancer stands in one zone",
        "the load balancer stands in one zone",
    );
}
