//! # The VPC's default security group lets traffic through
//!
//! The stack adopts a VPC's default security group and gives it rules.
//!
//! **Why.** Whatever forgets to name a group gets this one. Without rules it is harmless.
//!
//! **Fix.** Adopt it without any rule: Terraform then takes out those that it came with.
//!
//! ```hcl,fail
//! resource "aws_default_security_group" "main" {
//!   vpc_id = "vpc-1"
//!
//!   ingress {
//!     protocol  = "-1"
//!     from_port = 0
//!     to_port   = 0
//!     self      = true
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_default_security_group" "main" {
//!   vpc_id = "vpc-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "ranges" {
//!   type = list(string)
//! }
//!
//! resource "aws_default_security_group" "main" {
//!   vpc_id = "vpc-1"
//!
//!   ingress {
//!     protocol    = "tcp"
//!     from_port   = 80
//!     to_port     = 80
//!     cidr_blocks = var.ranges
//!   }
//! }
//! ```

use check::{Check, Meta, Severity};
use model::DefaultSecurityGroup;
use reach::Side;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC004",
    name: "default-group-rules",
    severity: Severity::Medium,
    resources: &["aws_default_security_group"],
    aliases: &[
        "CKV2_AWS_12",
        "AVD-AWS-0173",
        "aws-ec2-restrict-all-in-default-sg",
        "46883ce1-dc3e-4b17-9195-c6a601624c73",
        "9a4ef195-74b9-4c58-b8ed-2b2fe4353a75",
        "AC_AWS_0232",
    ],
    controls: &[("FSBP", "EC2.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2"],
};

/// Judges an adopted group.
pub fn check<'a>(adopted: &DefaultSecurityGroup<'a>, check: &mut Check<'a>) {
    let Some(group) = check.reach().group(adopted.id) else { return };
    judge("ingress", "comes in", &group.ingress, check);
    judge("egress", "goes out", &group.egress, check);
}

fn judge<'a>(path: &'static str, verb: &str, side: &Side<'a>, check: &mut Check<'a>) {
    let by = side.rules.iter().find(|rule| !rule.must().is_empty());
    if let Some((rule, peer)) = by.and_then(|rule| Some((rule, rule.peers.first()?))) {
        let message =
            format!("traffic {verb} through the default group ({})", reach::describe(&rule.must));
        check.fail(peer.value, path, message);
        return;
    }
    if side.may.is_empty() {
        return;
    }
    let peers = side.rules.iter().flat_map(|rule| &rule.peers).map(|peer| peer.value);
    if let Some(value) = peers.chain(side.holes.iter().copied()).find(|value| value.is_unknown()) {
        check.unknown(
            value,
            path,
            format!("it is not known whether traffic {verb} through the default group"),
        );
    }
}
