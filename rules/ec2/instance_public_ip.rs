//! # An instance gets a public address
//!
//! The instance can be reached, and tried, from the whole Internet as far as its security groups let it.
//!
//! **Why.** Public addresses are scanned within minutes.
//!
//! **Fix.** Set `associate_public_ip_address = false`, and put a load balancer, a VPN or Session Manager in front.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami                         = "ami-1"
//!   instance_type               = "t3.micro"
//!   associate_public_ip_address = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami                         = "ami-1"
//!   instance_type               = "t3.micro"
//!   associate_public_ip_address = false
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_instance" "web" {
//!   ami                         = "ami-1"
//!   instance_type               = "t3.micro"
//!   associate_public_ip_address = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2005",
    name: "instance-public-ip",
    severity: Severity::High,
    resources: &["aws_instance", "aws_launch_configuration", "aws_launch_template"],
    aliases: &[
        "CKV_AWS_88",
        "AVD-AWS-0009",
        "aws-ec2-no-public-ip",
        "5a2486aa-facf-477d-a5c1-b010789459ce",
        "EC2_INSTANCE_NO_PUBLIC_IP",
        "CKV_AWS_389",
        "AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED",
    ],
    controls: &[("FSBP", "EC2.9"), ("FSBP", "AutoScaling.5"), ("FSBP", "EC2.25")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-5",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("give no public address", &[Want::beside("associate_public_ip_address", "false")]);

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the instance gets a public address";
    if it.ty() == "aws_launch_template" {
        for interface in check.blocks(it, "network_interfaces") {
            check.require(!interface.flag("associate_public_ip_address"), WRONG, WRONG);
        }
    } else {
        check.require(!it.flag("associate_public_ip_address"), WRONG, WRONG);
    }
}
