//! # Connections to a VPN are not logged
//!
//! The client VPN endpoint keeps no log of connections.
//!
//! **Why.** Who was in the network, and when, cannot be found out.
//!
//! **Fix.** Set `enabled = true` and a log group in `connection_log_options`.
//!
//! ```hcl,fail
//! resource "aws_ec2_client_vpn_endpoint" "main" {
//!   server_certificate_arn = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   client_cidr_block      = "10.9.0.0/16"
//!
//!   authentication_options {
//!     type                       = "certificate-authentication"
//!     root_certificate_chain_arn = "arn:aws:acm:eu-west-3:123456789012:certificate/2"
//!   }
//!
//!   connection_log_options {
//!     enabled = false
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ec2_client_vpn_endpoint" "main" {
//!   server_certificate_arn = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   client_cidr_block      = "10.9.0.0/16"
//!
//!   authentication_options {
//!     type                       = "certificate-authentication"
//!     root_certificate_chain_arn = "arn:aws:acm:eu-west-3:123456789012:certificate/2"
//!   }
//!
//!   connection_log_options {
//!     enabled = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_ec2_client_vpn_endpoint" "main" {
//!   server_certificate_arn = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!   client_cidr_block      = "10.9.0.0/16"
//!
//!   authentication_options {
//!     type                       = "certificate-authentication"
//!     root_certificate_chain_arn = "arn:aws:acm:eu-west-3:123456789012:certificate/2"
//!   }
//!
//!   connection_log_options {
//!     enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC016",
    name: "client-vpn-logs",
    severity: Severity::Low,
    resources: &["aws_ec2_client_vpn_endpoint"],
    aliases: &[],
    controls: &[("FSBP", "EC2.51")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-51"],
};

/// Judges an endpoint.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("connection_log_options.enabled"),
        "connections are not logged",
        "connections are logged",
    );
}
