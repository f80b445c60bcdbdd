//! # Calls to the EC2 API leave the VPC
//!
//! The VPC has interface endpoints, and none for EC2.
//!
//! **Why.** Calls that make and delete machines go over the Internet.
//!
//! **Fix.** Add an `aws_vpc_endpoint` for `com.amazonaws.REGION.ec2`.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_vpc_endpoint" "main" {
//!   vpc_id            = aws_vpc.main.id
//!   service_name      = "com.amazonaws.eu-west-3.sqs"
//!   vpc_endpoint_type = "Interface"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_vpc_endpoint" "main" {
//!   vpc_id            = aws_vpc.main.id
//!   service_name      = "com.amazonaws.eu-west-3.ec2"
//!   vpc_endpoint_type = "Interface"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "service" {
//!   type = string
//! }
//!
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_vpc_endpoint" "main" {
//!   vpc_id            = aws_vpc.main.id
//!   service_name      = var.service
//!   vpc_endpoint_type = "Interface"
//! }
//! ```
//!
//! **Limits.** A VPC without any interface endpoint is not judged.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC029",
    name: "ec2-endpoint",
    severity: Severity::Low,
    resources: &["aws_vpc"],
    aliases: &[],
    controls: &[("FSBP", "EC2.10")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-10"],
};

/// Judges a VPC.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let endpoints = check.companions(it, "aws_vpc_endpoint", "vpc_id");
    let interface =
        |endpoint: &Instance<'a>| endpoint.text("vpc_endpoint_type").is(|kind| kind == "Interface");
    let any = endpoints.any(interface);
    let ec2 = endpoints.any(|endpoint| {
        endpoint.text("service_name").is(|name| name.rsplit('.').next() == Some("ec2"))
    });
    check.require(
        ec2.or_else(!any),
        "calls to the EC2 API leave the VPC",
        "calls to the EC2 API stay in the VPC",
    );
}
