//! # A group stands in one zone
//!
//! All instances of the scaling group stand in the same availability zone.
//!
//! **Why.** When the zone is down, so is the group.
//!
//! **Fix.** Name subnets of two zones or more.
//!
//! ```hcl,fail
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ASG003",
    name: "one-zone",
    severity: Severity::Medium,
    resources: &["aws_autoscaling_group"],
    aliases: &[],
    controls: &[("FSBP", "AutoScaling.2"), ("FSBP", "AutoScaling.6")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-6",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let several = |name: &str| it.texts(name).is(|list| list.len() >= 2);
    let one_machine = it.number("max_size").is(|most| most <= 1);
    let spread =
        several("availability_zones").or_else(several("vpc_zone_identifier")).or_else(one_machine);
    check.require(spread, "the group stands in one zone", "the group stands in several zones");
}
