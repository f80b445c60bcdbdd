//! # An instance stands in two networks
//!
//! The instance has more than one network interface.
//!
//! **Why.** It is a way around the rules between the two networks.
//!
//! **Fix.** Use one interface, and let a router or a load balancer connect networks.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   network_interface {
//!     device_index         = 0
//!     network_interface_id = "eni-1"
//!   }
//!   network_interface {
//!     device_index         = 1
//!     network_interface_id = "eni-2"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   network_interface {
//!     device_index         = 0
//!     network_interface_id = "eni-1"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   network_interface {
//!     device_index         = 0
//!     network_interface_id = "eni-1"
//!   }
//!   dynamic "network_interface" {
//!     for_each = var.items
//!
//!     content {
//!       device_index         = network_interface.key
//!       network_interface_id = network_interface.value
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2015",
    name: "many-interfaces",
    severity: Severity::Low,
    resources: &["aws_instance"],
    aliases: &[],
    controls: &[("FSBP", "EC2.17")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-17"],
};

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let interfaces = it.blocks("network_interface");
    let one = interfaces.is_null_or(|interfaces| interfaces.len() <= 1);
    check.require(
        one,
        "the instance stands in several networks",
        "the instance stands in one network",
    );
}
