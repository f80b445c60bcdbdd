//! # Requests are cut off when a machine leaves
//!
//! Connection draining is off.
//!
//! **Why.** Every release and every scaling step breaks what is under way.
//!
//! **Fix.** Set `connection_draining = true`.
//!
//! ```hcl,fail
//! resource "aws_elb" "web" {
//!   availability_zones = ["eu-west-3a", "eu-west-3b"]
//!
//!   listener {
//!     instance_port      = 8443
//!     instance_protocol  = "https"
//!     lb_port            = 443
//!     lb_protocol        = "https"
//!     ssl_certificate_id = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elb" "web" {
//!   availability_zones = ["eu-west-3a", "eu-west-3b"]
//!
//!   listener {
//!     instance_port      = 8443
//!     instance_protocol  = "https"
//!     lb_port            = 443
//!     lb_protocol        = "https"
//!     ssl_certificate_id = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   }
//!   connection_draining = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_elb" "web" {
//!   availability_zones = ["eu-west-3a", "eu-west-3b"]
//!
//!   listener {
//!     instance_port      = 8443
//!     instance_protocol  = "https"
//!     lb_port            = 443
//!     lb_protocol        = "https"
//!     ssl_certificate_id = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   }
//!   connection_draining = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB016",
    name: "connection-draining",
    severity: Severity::Low,
    resources: &["aws_elb"],
    aliases: &[],
    controls: &[("FSBP", "ELB.7")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-7"],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe(
    "let requests end when a machine leaves",
    &[Want::set("connection_draining", "true")],
);

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("connection_draining"),
        "requests are cut off when a machine leaves",
        "requests may end when a machine leaves",
    );
}
