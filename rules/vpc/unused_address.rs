//! # An address is paid for and not used
//!
//! The elastic address belongs to nothing of the stack.
//!
//! **Why.** It costs 3.65 USD a month, and is one more place that a forgotten DNS record may point at.
//!
//! **Fix.** Give it to something, or delete it.
//!
//! ```hcl,fail
//! resource "aws_eip" "web" {
//!   domain = "vpc"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_eip" "web" {
//!   domain   = "vpc"
//!   instance = "i-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "machine" {
//!   type = string
//! }
//!
//! resource "aws_eip" "web" {
//!   domain   = "vpc"
//!   instance = var.machine
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC013",
    name: "unused-address",
    severity: Severity::Low,
    resources: &["aws_eip"],
    aliases: &["CKV2_AWS_19"],
    controls: &[("FSBP", "EC2.12")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-12"],
};

/// Judges an address.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let held = it.is_set("instance").or_else(it.is_set("network_interface"));
    let used = At::certain(check.users(it).next().is_some() || check.is_told(it));
    check.require(
        held.or_else(used),
        "the address belongs to nothing",
        "the address belongs to something",
    );
}
