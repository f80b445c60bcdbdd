//! # An interface endpoint is not found
//!
//! The endpoint answers to the service's name, and the VPC does not resolve names.
//!
//! **Why.** Programs go on talking to the public address, or to nobody.
//!
//! **Fix.** Set `enable_dns_support = true` and `enable_dns_hostnames = true` on the VPC, and `private_dns_enabled = true` on
//! the endpoint.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block           = "10.0.0.0/16"
//!   enable_dns_support   = false
//!   enable_dns_hostnames = true
//! }
//!
//! resource "aws_vpc_endpoint" "queues" {
//!   vpc_id              = aws_vpc.main.id
//!   service_name        = "com.amazonaws.eu-west-3.sqs"
//!   vpc_endpoint_type   = "Interface"
//!   private_dns_enabled = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block           = "10.0.0.0/16"
//!   enable_dns_support   = true
//!   enable_dns_hostnames = true
//! }
//!
//! resource "aws_vpc_endpoint" "queues" {
//!   vpc_id              = aws_vpc.main.id
//!   service_name        = "com.amazonaws.eu-west-3.sqs"
//!   vpc_endpoint_type   = "Interface"
//!   private_dns_enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_vpc" "main" {
//!   cidr_block           = "10.0.0.0/16"
//!   enable_dns_support   = var.on
//!   enable_dns_hostnames = true
//! }
//!
//! resource "aws_vpc_endpoint" "queues" {
//!   vpc_id              = aws_vpc.main.id
//!   service_name        = "com.amazonaws.eu-west-3.sqs"
//!   vpc_endpoint_type   = "Interface"
//!   private_dns_enabled = true
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC027",
    name: "endpoint-without-dns",
    severity: Severity::Medium,
    resources: &["aws_vpc_endpoint"],
    aliases: &["e9b7acf9-9ba0-4837-a744-31e7df1e434d"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint",
    ],
};

/// Judges an endpoint.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.text("vpc_endpoint_type").is_null_or(|kind| kind != "Interface").is_true() {
        return;
    }
    let Some(vpc) = check
        .model()
        .refers(it.text("vpc_id").attr.value())
        .and_then(|id| Instance::of(check.model(), id))
    else {
        return;
    };
    let resolves = At { path: "vpc_id".into(), ..vpc.flag("enable_dns_support").or(true) };
    check.require(resolves, "the VPC does not resolve names", "the VPC resolves names");
}
