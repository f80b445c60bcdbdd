//! # A classic load balancer listens without TLS
//!
//! A listener speaks plain HTTP or TCP.
//!
//! **Why.** Whoever sits on the way reads and changes what is sent.
//!
//! **Fix.** Set `lb_protocol` to `https` or `ssl`, with a certificate; or move to an application load balancer.
//!
//! ```hcl,fail
//! resource "aws_elb" "web" {
//!   availability_zones = ["eu-west-3a", "eu-west-3b"]
//!
//!   listener {
//!     instance_port      = 8080
//!     instance_protocol  = "http"
//!     lb_port            = 443
//!     lb_protocol        = "http"
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
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "protocol" {
//!   type = string
//! }
//!
//! resource "aws_elb" "web" {
//!   availability_zones = ["eu-west-3a", "eu-west-3b"]
//!
//!   listener {
//!     instance_port      = 8080
//!     instance_protocol  = "http"
//!     lb_port            = 443
//!     lb_protocol        = var.protocol
//!     ssl_certificate_id = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB013",
    name: "classic-tls",
    severity: Severity::High,
    resources: &["aws_elb"],
    aliases: &["CKV_AWS_376", "AC_AWS_0120", "ELB_TLS_HTTPS_LISTENERS_ONLY"],
    controls: &[("FSBP", "ELB.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-3"],
};

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for listener in check.blocks(it, "listener") {
        let secure = |name: &str| matches!(name.to_ascii_lowercase().as_str(), "https" | "ssl");
        let tls =
            listener.text("lb_protocol").is(secure).and(listener.is_set("ssl_certificate_id"));
        check.require(tls, "the load balancer listens without TLS", "the load balancer speaks TLS");
    }
}
