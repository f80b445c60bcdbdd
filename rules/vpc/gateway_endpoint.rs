//! # A gateway endpoint is used by no route table
//!
//! The endpoint for S3 or DynamoDB stands in no route table.
//!
//! **Why.** Traffic still takes the NAT gateway, and pays for it.
//!
//! **Fix.** Name route tables in `route_table_ids`, or add an `aws_vpc_endpoint_route_table_association`.
//!
//! ```hcl,fail
//! resource "aws_vpc_endpoint" "tables" {
//!   vpc_id       = "vpc-1"
//!   service_name = "com.amazonaws.eu-west-3.dynamodb"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_endpoint" "tables" {
//!   vpc_id          = "vpc-1"
//!   service_name    = "com.amazonaws.eu-west-3.dynamodb"
//!   route_table_ids = ["rtb-1"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_vpc_endpoint" "tables" {
//!   vpc_id          = "vpc-1"
//!   service_name    = "com.amazonaws.eu-west-3.dynamodb"
//!   route_table_ids = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC026",
    name: "gateway-endpoint",
    severity: Severity::Low,
    resources: &["aws_vpc_endpoint"],
    aliases: &["0bc534c5-13d1-4353-a7fe-b8665d5c1d7d"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint",
    ],
};

/// Judges an endpoint.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let gateway = it.text("vpc_endpoint_type").is_null_or(|kind| kind == "Gateway");
    let tables =
        check.companions(it, "aws_vpc_endpoint_route_table_association", "vpc_endpoint_id").exist();
    let used = it.is_set("route_table_ids").or_else(tables);
    check.require(
        used.or_else(!gateway),
        "no route table uses the endpoint",
        "a route table uses the endpoint",
    );
}
