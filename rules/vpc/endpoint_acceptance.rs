//! # Everybody may connect to an endpoint service
//!
//! Connections to the service are accepted without asking.
//!
//! **Why.** Whoever is allowed to see it reaches what stands behind it.
//!
//! **Fix.** Set `acceptance_required = true`.
//!
//! ```hcl,fail
//! resource "aws_vpc_endpoint_service" "web" {
//!   network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/net/web/1"]
//!   acceptance_required        = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc_endpoint_service" "web" {
//!   network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/net/web/1"]
//!   acceptance_required        = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_vpc_endpoint_service" "web" {
//!   network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/net/web/1"]
//!   acceptance_required        = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC011",
    name: "endpoint-acceptance",
    severity: Severity::Medium,
    resources: &["aws_vpc_endpoint_service"],
    aliases: &["CKV_AWS_123"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint_service",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("accept connections by hand", &[Want::set("acceptance_required", "true")]);

/// Judges a service.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("acceptance_required"),
        "connections are accepted without asking",
        "connections are accepted by hand",
    );
}
