//! # A group starts instances from a launch configuration
//!
//! The scaling group has a launch configuration instead of a launch template.
//!
//! **Why.** Launch configurations are not developed any more: new instance types and features need a template.
//!
//! **Fix.** Use `launch_template`, or `mixed_instances_policy`.
//!
//! ```hcl,fail
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_autoscaling_group" "web" {
//!   max_size = 2
//!   min_size = 1
//!   launch_template {
//!     id = "lt-1"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "configuration" {
//!   type = string
//! }
//!
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = var.configuration
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ASG002",
    name: "launch-template",
    severity: Severity::Low,
    resources: &["aws_autoscaling_group"],
    aliases: &["CKV_AWS_315"],
    controls: &[("FSBP", "AutoScaling.9")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-9",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let old = it.is_set("launch_configuration");
    check.require(
        !old,
        "the group has a launch configuration",
        "the group has a launch configuration",
    );
}
