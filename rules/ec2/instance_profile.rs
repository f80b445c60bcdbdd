//! # An instance has no role
//!
//! No instance profile is attached.
//!
//! **Why.** What runs there gets its rights from keys that somebody copies to it, and that nobody changes.
//!
//! **Fix.** Set `iam_instance_profile`.
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
//!   ami                  = "ami-1"
//!   instance_type        = "t3.micro"
//!   iam_instance_profile = "web"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "profile" {
//!   type = string
//! }
//!
//! resource "aws_instance" "web" {
//!   ami                  = "ami-1"
//!   instance_type        = "t3.micro"
//!   iam_instance_profile = var.profile
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2008",
    name: "instance-profile",
    severity: Severity::Low,
    resources: &["aws_instance"],
    aliases: &["CKV2_AWS_41", "EC2_INSTANCE_PROFILE_ATTACHED"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let has = it.is_set("iam_instance_profile");
    check.require(has, "the instance has no role", "the instance has a role");
}
