//! # An instance stands in the default VPC
//!
//! The instance names neither a subnet nor a network interface: it goes to the default VPC, whose subnets are public.
//!
//! **Why.** Nobody planned that network, and everything that is put there without a thought meets there.
//!
//! **Fix.** Set `subnet_id`.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   subnet_id     = "subnet-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "subnet" {
//!   type = string
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   subnet_id     = var.subnet
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2009",
    name: "default-network",
    severity: Severity::Medium,
    resources: &["aws_instance"],
    aliases: &[
        "7e4a6e76-568d-43ef-8c4e-36dea481bff1",
        "a31a5a29-718a-4ff4-8001-a69e5e4d029e",
        "AC_AWS_0153",
        "EC2_INSTANCES_IN_VPC",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let placed = it
        .is_set("subnet_id")
        .or_else(it.is_set("network_interface"))
        .or_else(it.is_set("launch_template"));
    check.require(
        placed,
        "the instance stands in the default VPC",
        "the instance stands in a VPC of yours",
    );
}
