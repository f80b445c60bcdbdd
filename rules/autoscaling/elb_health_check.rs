//! # A group does not hear what its load balancer says
//!
//! Instances that the load balancer finds sick stay in the group.
//!
//! **Why.** The machine runs, the application does not, and nobody replaces it.
//!
//! **Fix.** Set `health_check_type = "ELB"`.
//!
//! ```hcl,fail
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//!   target_group_arns    = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/web/1"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//!   target_group_arns    = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/web/1"]
//!   health_check_type    = "ELB"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "check" {
//!   type = string
//! }
//!
//! resource "aws_autoscaling_group" "web" {
//!   max_size             = 2
//!   min_size             = 1
//!   launch_configuration = "web"
//!   availability_zones   = ["eu-west-3a", "eu-west-3b"]
//!   target_group_arns    = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/web/1"]
//!   health_check_type    = var.check
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ASG004",
    name: "elb-health-check",
    severity: Severity::Low,
    resources: &["aws_autoscaling_group"],
    aliases: &["CKV2_AWS_15", "AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED"],
    controls: &[("FSBP", "AutoScaling.1")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let attachments = check.companions(it, "aws_autoscaling_attachment", "autoscaling_group_name");
    let behind = it
        .is_set("target_group_arns")
        .or_else(it.is_set("load_balancers"))
        .or_else(attachments.exist());
    if behind.is_false() {
        return;
    }
    let listens = it.text("health_check_type").is(|kind| kind == "ELB");
    check.require(
        listens.or_else(!behind),
        "the group does not hear what its load balancer says",
        "the group hears its load balancer",
    );
}
