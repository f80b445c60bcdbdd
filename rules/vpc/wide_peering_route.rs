//! # Everything is routed to another VPC
//!
//! A default route leads through a peering connection.
//!
//! **Why.** The other side sees, and can answer, all traffic that leaves.
//!
//! **Fix.** Route the other VPC's range only.
//!
//! ```hcl,fail
//! resource "aws_route" "peer" {
//!   route_table_id            = "rtb-1"
//!   destination_cidr_block    = "0.0.0.0/0"
//!   vpc_peering_connection_id = "pcx-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_route" "peer" {
//!   route_table_id            = "rtb-1"
//!   destination_cidr_block    = "10.1.0.0/16"
//!   vpc_peering_connection_id = "pcx-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_route" "peer" {
//!   route_table_id            = "rtb-1"
//!   destination_cidr_block    = var.range
//!   vpc_peering_connection_id = "pcx-1"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Part};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC015",
    name: "wide-peering-route",
    severity: Severity::High,
    resources: &["aws_route", "aws_route_table"],
    aliases: &["CKV2_AWS_44", "b3a41501-f712-4c4f-81e5-db9a7dc0e34e"],
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
        let all = |range: &str| range.ends_with("/0");
        let ranges = [
            "destination_cidr_block",
            "destination_ipv6_cidr_block",
            "cidr_block",
            "ipv6_cidr_block",
        ];
        let wide = ranges
            .map(|name| route.text(name).is(all))
            .into_iter()
            .fold(At::certain(false), At::or_else);
        let peer = route.is_set("vpc_peering_connection_id");
        check.require(
            !peer.and(wide),
            "everything is routed to another VPC",
            "everything is routed to another VPC",
        );
    }
}
