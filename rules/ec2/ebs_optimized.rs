//! # An instance shares its network with its disks
//!
//! EBS optimisation is off.
//!
//! **Why.** Traffic of the disks and of the network slow each other down.
//!
//! **Fix.** Set `ebs_optimized = true`, or take an instance type of the current generation, which always is.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "c4.large"
//!   ebs_optimized = false
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
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "m3.xlarge"
//!   ebs_optimized = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2007",
    name: "ebs-optimized",
    severity: Severity::Low,
    resources: &["aws_instance"],
    aliases: &["CKV_AWS_135", "60224630-175a-472a-9e23-133827040766", "EBS_OPTIMIZED_INSTANCE"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("give disks bandwidth of their own", &[Want::set("ebs_optimized", "true")]);

/// Families that are not EBS-optimised unless told so.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html>
const NOT_BY_DEFAULT: [&str; 11] =
    ["t1.", "t2.", "m1.", "m2.", "m3.", "c1.", "c3.", "r3.", "i2.", "g2.", "cc2."];

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let always =
        it.text("instance_type").is(|kind| !NOT_BY_DEFAULT.iter().any(|old| kind.starts_with(old)));
    let asked = it.flag("ebs_optimized");
    let refused = it.flag("ebs_optimized").is(|on| !on);
    let optimized = asked.or_else(always.and(!refused));
    check.require(
        optimized,
        "the instance shares its network with its disks",
        "disks have bandwidth of their own",
    );
}
