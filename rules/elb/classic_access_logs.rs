//! # Requests to a classic load balancer are not logged
//!
//! The load balancer writes no access logs.
//!
//! **Why.** After an incident nobody can say who asked for what, and when.
//!
//! **Fix.** Add an `access_logs` block with a bucket.
//!
//! ```hcl,fail
//! resource "aws_elb" "web" {
//!   availability_zones = ["eu-west-3a", "eu-west-3b"]
//!
//!   listener {
//!     instance_port      = 8080
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
//!     instance_port      = 8080
//!     instance_protocol  = "https"
//!     lb_port            = 443
//!     lb_protocol        = "https"
//!     ssl_certificate_id = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   }
//!   access_logs {
//!     bucket = "logs"
//!   }
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
//!     instance_port      = 8080
//!     instance_protocol  = "https"
//!     lb_port            = 443
//!     lb_protocol        = "https"
//!     ssl_certificate_id = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   }
//!   access_logs {
//!     bucket  = "logs"
//!     enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB006",
    name: "classic-access-logs",
    severity: Severity::Medium,
    resources: &["aws_elb"],
    aliases: &[
        "CKV_AWS_92",
        "20018359-6fd7-4d05-ab26-d4dffccbdf79",
        "AC_AWS_0470",
        "ELB_LOGGING_ENABLED",
    ],
    controls: &[("FSBP", "ELB.5")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5"],
};

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let logged = it.is_set("access_logs").and(it.flag("access_logs.enabled").or(true));
    check.require(logged, "requests are not logged", "requests are logged");
}
