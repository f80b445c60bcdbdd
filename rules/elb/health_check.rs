//! # Nobody asks whether targets are well
//!
//! The target group's health check is turned off, or not written for HTTP targets.
//!
//! **Why.** Requests go to targets that cannot answer.
//!
//! **Fix.** Write a `health_check` block with a `path` that says whether the application works.
//!
//! ```hcl,fail
//! resource "aws_lb_target_group" "web" {
//!   vpc_id   = "vpc-1"
//!   port     = 8080
//!   protocol = "HTTP"
//!
//!   health_check {
//!     path    = "/health"
//!     enabled = false
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb_target_group" "web" {
//!   vpc_id   = "vpc-1"
//!   port     = 8080
//!   protocol = "HTTP"
//!
//!   health_check {
//!     path    = "/health"
//!     enabled = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_lb_target_group" "web" {
//!   vpc_id   = "vpc-1"
//!   port     = 8080
//!   protocol = "HTTP"
//!
//!   health_check {
//!     path    = "/health"
//!     enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB008",
    name: "health-check",
    severity: Severity::Medium,
    resources: &["aws_lb_target_group", "aws_alb_target_group"],
    aliases: &["CKV_AWS_261"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group",
    ],
};

/// Judges a target group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let function = it.text("target_type").is(|kind| kind == "lambda");
    let http = it.text("protocol").is(|protocol| protocol == "HTTP" || protocol == "HTTPS");
    let on = it.flag("health_check.enabled").or(true);
    check.require(
        on.or_else(function),
        "nobody asks whether targets are well",
        "targets are asked whether they are well",
    );
    if http.is_true() {
        let written = it.is_set("health_check");
        check.require(
            written,
            "what a healthy target answers is left to chance",
            "the health check is written",
        );
    }
}
