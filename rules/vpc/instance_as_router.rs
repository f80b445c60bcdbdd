//! # Traffic to the Internet goes through one machine
//!
//! A default route leads to an instance or a network interface.
//!
//! **Why.** When the machine is down, so is the way out, and somebody must keep it mended and fast.
//!
//! **Fix.** Use an `aws_nat_gateway`.
//!
//! ```hcl,fail
//! resource "aws_route" "out" {
//!   route_table_id         = "rtb-1"
//!   destination_cidr_block = "0.0.0.0/0"
//!   network_interface_id   = "eni-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_route" "out" {
//!   route_table_id         = "rtb-1"
//!   destination_cidr_block = "0.0.0.0/0"
//!   nat_gateway_id         = "nat-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "interface" {
//!   type = string
//! }
//!
//! resource "aws_route" "out" {
//!   route_table_id         = "rtb-1"
//!   destination_cidr_block = "0.0.0.0/0"
//!   network_interface_id   = var.interface
//! }
//! ```
//!
//! **Limits.** Firewall appliances are routed so on purpose: silence the rule there.

use check::{Check, Instance, Meta, Severity};
use model::Part;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC014",
    name: "instance-as-router",
    severity: Severity::Medium,
    resources: &["aws_route", "aws_route_table"],
    aliases: &["CKV2_AWS_35"],
    controls: &[],
    since: "0.1.0",
    links: &["https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route"],
};

/// Judges a route.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let routes: Vec<Part<'a>> = match it.ty() {
        "aws_route" => vec![Part::clone(it)],
        _ => check.blocks(it, "route"),
    };
    for route in routes {
        let default = route
            .text("destination_cidr_block")
            .is(|range| range == "0.0.0.0/0")
            .or_else(route.text("cidr_block").is(|range| range == "0.0.0.0/0"));
        let machine = route.is_set("network_interface_id").or_else(route.is_set("instance_id"));
        check.require(
            !default.and(machine),
            "the way out leads through one machine",
            "the way out leads through one machine",
        );
    }
}
