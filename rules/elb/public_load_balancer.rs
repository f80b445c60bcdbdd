//! # A load balancer faces the Internet
//!
//! The load balancer has public addresses.
//!
//! **Why.** Sometimes that is its purpose; where it is not, a service for your own people answers everybody.
//!
//! **Fix.** Set `internal = true` where nobody outside needs it, and silence the rule where they do.
//!
//! ```hcl,fail
//! resource "aws_lb" "web" {
//!   subnets         = ["subnet-1", "subnet-2"]
//!   security_groups = ["sg-1"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb" "web" {
//!   subnets         = ["subnet-1", "subnet-2"]
//!   security_groups = ["sg-1"]
//!   internal        = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_lb" "web" {
//!   subnets         = ["subnet-1", "subnet-2"]
//!   security_groups = ["sg-1"]
//!   internal        = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB010",
    name: "public-load-balancer",
    severity: Severity::Low,
    resources: &["aws_lb", "aws_alb"],
    aliases: &["AVD-AWS-0053", "aws-elb-alb-not-public"],
    controls: &[],
    since: "0.1.0",
    links: &["https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb"],
};

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let gateway = it.text("load_balancer_type").is(|kind| kind == "gateway");
    check.require(
        it.flag("internal").or_else(gateway),
        "the load balancer faces the Internet",
        "the load balancer is for the inside",
    );
}
