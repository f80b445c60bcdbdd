//! # Tasks get public addresses
//!
//! `assign_public_ip = true` gives every task an IPv4 address that the whole Internet can send to.
//!
//! **Why.** Whoever finds the address reaches the container past the load balancer, its TLS, its logs and its firewall; only
//! the security group is left. Each address also costs money by the hour.
//!
//! **Fix.** Set it to `false` (the default), and give the tasks' subnets a NAT gateway or VPC endpoints for what they fetch.
//!
//! ```hcl,fail
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets          = ["subnet-1"]
//!     assign_public_ip = true
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = ["subnet-1"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "public" {
//!   type = bool
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets          = ["subnet-1"]
//!     assign_public_ip = var.public
//!   }
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, EcsService};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS002",
    name: "task-public-ip",
    severity: Severity::High,
    resources: &["aws_ecs_service"],
    aliases: &["CKV_AWS_333"],
    controls: &[("FSBP", "ECS.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "give tasks no public address",
    &[Want::set("network_configuration.assign_public_ip", "false")],
);

const PATH: &str = "network_configuration[0].assign_public_ip";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    match service.network_configuration.as_ref().and_then(|network| network.assign_public_ip) {
        Attr::Known(true, value) => {
            check.fail(value, PATH, "every task gets a public address");
        }
        Attr::Unknown(value) => {
            check.unknown(value, PATH, "it is not known whether tasks get a public address");
        }
        Attr::Known(false, _) | Attr::Null(_) => {}
    }
}
