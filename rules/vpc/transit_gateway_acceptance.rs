//! # Other accounts join a transit gateway by themselves
//!
//! Attachments from accounts that the gateway is shared with are accepted without asking.
//!
//! **Why.** A foreign VPC then stands in the middle of your network.
//!
//! **Fix.** Set `auto_accept_shared_attachments = "disable"`.
//!
//! ```hcl,fail
//! resource "aws_ec2_transit_gateway" "main" {
//!   auto_accept_shared_attachments = "enable"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ec2_transit_gateway" "main" {
//!   auto_accept_shared_attachments = "disable"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "accept" {
//!   type = string
//! }
//!
//! resource "aws_ec2_transit_gateway" "main" {
//!   auto_accept_shared_attachments = var.accept
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC012",
    name: "transit-gateway-acceptance",
    severity: Severity::High,
    resources: &["aws_ec2_transit_gateway"],
    aliases: &["CKV_AWS_331"],
    controls: &[("FSBP", "EC2.23")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-23"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "accept attachments by hand",
    &[Want::set("auto_accept_shared_attachments", "\"disable\"")],
);

/// Judges a transit gateway.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let asked = it.text("auto_accept_shared_attachments").is_null_or(|accept| accept != "enable");
    check.require(
        asked,
        "attachments are accepted without asking",
        "attachments are accepted by hand",
    );
}
