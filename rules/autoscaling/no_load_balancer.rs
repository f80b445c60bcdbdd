//! # A group stands behind no load balancer
//!
//! Nothing spreads requests over the group's instances.
//!
//! **Why.** New instances get no work, and sick ones keep theirs.
//!
//! **Fix.** Set `target_group_arns`, or add an `aws_autoscaling_attachment`.
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
//!   target_group_arns    = ["arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/web/1"]
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
//!   target_group_arns    = var.items
//! }
//! ```
//!
//! **Limits.** Groups that take their work from a queue need none: silence the rule there.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ASG005",
    name: "no-load-balancer",
    severity: Severity::Low,
    resources: &["aws_autoscaling_group"],
    aliases: &["8e94dced-9bcc-4203-8eb7-7e41202b2505"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/autoscaling_group",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let attachments = check.companions(it, "aws_autoscaling_attachment", "autoscaling_group_name");
    let behind = it
        .is_set("target_group_arns")
        .or_else(it.is_set("load_balancers"))
        .or_else(it.is_set("traffic_source"));
    check.require(
        behind.or_else(attachments.exist()),
        "the group stands behind no load balancer",
        "the group stands behind a load balancer",
    );
}
