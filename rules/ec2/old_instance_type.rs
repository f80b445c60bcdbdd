//! # An instance type of a previous generation
//!
//! The instance type is of a family that AWS calls previous generation.
//!
//! **Why.** It costs more for the same work, and one day it is gone.
//!
//! **Fix.** Take the current generation: `t3` for `t2` and `t1`, `m7i` for `m3`, and so on.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "m3.large"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "kind" {
//!   type = string
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = var.kind
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2013",
    name: "old-instance-type",
    severity: Severity::Low,
    resources: &["aws_instance", "aws_launch_configuration", "aws_launch_template"],
    aliases: &["aws_instance_previous_type"],
    controls: &[("FSBP", "EC2.24")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-24"],
};

/// Families of previous generations.
/// Source: <https://aws.amazon.com/ec2/previous-generation/>
pub(crate) const PREVIOUS: [&str; 18] = [
    "a1", "c1", "c3", "c4", "cc1", "cc2", "cg1", "cr1", "g2", "hi1", "hs1", "i2", "m1", "m2", "m3",
    "m4", "r3", "t1",
];

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let old = it
        .text("instance_type")
        .is(|kind| kind.split('.').next().is_some_and(|family| PREVIOUS.contains(&family)));
    check.require(
        !old,
        "the instance type is of a previous generation",
        "the instance type is current",
    );
}
