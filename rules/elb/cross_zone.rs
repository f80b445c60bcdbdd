//! # A load balancer keeps each zone to itself
//!
//! Requests that come in by one zone go to targets of that zone only.
//!
//! **Why.** The zone with one target works as hard as the zone with ten.
//!
//! **Fix.** Set `enable_cross_zone_load_balancing = true` (for a classic one `cross_zone_load_balancing`).
//!
//! ```hcl,fail
//! resource "aws_lb" "web" {
//!   load_balancer_type = "network"
//!   subnets            = ["subnet-1", "subnet-2"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb" "web" {
//!   load_balancer_type               = "network"
//!   subnets                          = ["subnet-1", "subnet-2"]
//!   enable_cross_zone_load_balancing = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_lb" "web" {
//!   load_balancer_type               = "network"
//!   subnets                          = ["subnet-1", "subnet-2"]
//!   enable_cross_zone_load_balancing = var.on
//! }
//! ```
//!
//! **Limits.** Application load balancers always cross zones.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB011",
    name: "cross-zone",
    severity: Severity::Low,
    resources: &["aws_lb", "aws_alb", "aws_elb"],
    aliases: &["CKV_AWS_152", "CKV_AWS_138", "ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED"],
    controls: &[("FSBP", "ELB.9")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-9"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "send requests across zones",
    &[
        Want::set("cross_zone_load_balancing", "true").on("aws_elb"),
        Want::set("enable_cross_zone_load_balancing", "true").on("aws_lb"),
    ],
);

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let across = match it.ty() {
        "aws_elb" => it.flag("cross_zone_load_balancing").or(true),
        _ => it
            .flag("enable_cross_zone_load_balancing")
            .or_else(it.text("load_balancer_type").is_null_or(|kind| kind == "application")),
    };
    check.require(across, "the load balancer keeps each zone to itself", "requests cross zones");
}
