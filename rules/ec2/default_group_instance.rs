//! # An instance has the default security group
//!
//! The instance names no security group: it gets the VPC's default one.
//!
//! **Why.** Whoever is in that group reaches it, and nobody planned who that is.
//!
//! **Fix.** Set `vpc_security_group_ids`.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   subnet_id     = "subnet-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami                    = "ami-1"
//!   instance_type          = "t3.micro"
//!   subnet_id              = "subnet-1"
//!   vpc_security_group_ids = ["sg-1"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_instance" "web" {
//!   ami                    = "ami-1"
//!   instance_type          = "t3.micro"
//!   subnet_id              = "subnet-1"
//!   vpc_security_group_ids = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2014",
    name: "default-group-instance",
    severity: Severity::Medium,
    resources: &["aws_instance"],
    aliases: &["f1adc521-f79a-4d71-b55b-a68294687432"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let named = it
        .is_set("vpc_security_group_ids")
        .or_else(it.is_set("security_groups"))
        .or_else(it.is_set("network_interface"))
        .or_else(it.is_set("launch_template"));
    check.require(
        named,
        "the instance has the default security group",
        "the instance has a security group of its own",
    );
}
