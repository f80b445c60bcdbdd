//! # No firewall stands before a public load balancer
//!
//! The load balancer faces the Internet without a web ACL.
//!
//! **Why.** Floods, scanners and known attacks reach the application.
//!
//! **Fix.** Add an `aws_wafv2_web_acl_association` for the load balancer. A web ACL costs from 5 USD a month.
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
//! }
//!
//! resource "aws_wafv2_web_acl_association" "web" {
//!   resource_arn = aws_lb.web.arn
//!   web_acl_arn  = "arn:aws:wafv2:eu-west-3:123456789012:regional/webacl/web/1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "balancer" {
//!   type = string
//! }
//!
//! resource "aws_lb" "web" {
//!   subnets         = ["subnet-1", "subnet-2"]
//!   security_groups = ["sg-1"]
//! }
//!
//! resource "aws_wafv2_web_acl_association" "web" {
//!   resource_arn = var.balancer
//!   web_acl_arn  = "arn:aws:wafv2:eu-west-3:123456789012:regional/webacl/web/1"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB009",
    name: "load-balancer-waf",
    severity: Severity::Low,
    resources: &["aws_lb", "aws_alb"],
    aliases: &["CKV2_AWS_28", "0afa6ab8-a047-48cf-be07-93a2f8c34cf7"],
    controls: &[("FSBP", "ELB.16")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16"],
};

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let other =
        it.text("load_balancer_type").is(|kind| kind != "application").or_else(it.flag("internal"));
    let new = check.companions(it, "aws_wafv2_web_acl_association", "resource_arn").exist();
    let old = check.companions(it, "aws_wafregional_web_acl_association", "resource_arn").exist();
    check.require(
        new.or_else(old).or_else(other),
        "no firewall stands before the load balancer",
        "a firewall stands before the load balancer",
    );
}
