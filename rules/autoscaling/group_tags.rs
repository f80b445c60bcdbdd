//! # Instances of a group have no tags
//!
//! The scaling group gives its instances no tags.
//!
//! **Why.** Nobody can tell what they are for, and who pays for them.
//!
//! **Fix.** Add `tag` blocks, or `default_tags` to the provider.
//!
//! ```hcl,fail
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//!   tag {
//!     key                 = "team"
//!     value               = "web"
//!     propagate_at_launch = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//!   dynamic "tag" {
//!     for_each = var.items
//!
//!     content {
//!       key                 = tag.value
//!       value               = "yes"
//!       propagate_at_launch = true
//!     }
//!   }
//! }
//! ```
//!
//! **Limits.** The provider's default tags do not reach the instances of a group.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ASG001",
    name: "group-tags",
    severity: Severity::Low,
    resources: &["aws_autoscaling_group"],
    aliases: &["CKV_AWS_153", "ba48df05-eaa1-4d64-905e-4a4b051e7587"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/autoscaling_group",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.is_set("tag"),
        "instances of the group have no tags",
        "instances of the group have tags",
    );
}
