//! # Two requests may pass for one
//!
//! The load balancer passes requests on that servers may read in two ways.
//!
//! **Why.** An attacker hides a second request in the first, and the next visitor gets its answer.
//!
//! **Fix.** Leave `desync_mitigation_mode` out (`defensive`), or set it to `strictest`.
//!
//! ```hcl,fail
//! resource "aws_lb" "web" {
//!   subnets                = ["subnet-1", "subnet-2"]
//!   security_groups        = ["sg-1"]
//!   desync_mitigation_mode = "monitor"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb" "web" {
//!   subnets         = ["subnet-1", "subnet-2"]
//!   security_groups = ["sg-1"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "mode" {
//!   type = string
//! }
//!
//! resource "aws_lb" "web" {
//!   subnets                = ["subnet-1", "subnet-2"]
//!   security_groups        = ["sg-1"]
//!   desync_mitigation_mode = var.mode
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB007",
    name: "desync-mitigation",
    severity: Severity::Medium,
    resources: &["aws_lb", "aws_alb", "aws_elb"],
    aliases: &["CKV_AWS_328"],
    controls: &[("FSBP", "ELB.12"), ("FSBP", "ELB.14")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-12",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-14",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("read requests in one way", &[Want::set("desync_mitigation_mode", "\"defensive\"")]);

/// Judges a load balancer.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let safe = it.text("desync_mitigation_mode").is_null_or(|mode| mode != "monitor");
    let other = it.text("load_balancer_type").is(|kind| kind != "application");
    check.require(
        safe.or_else(other),
        "two requests may pass for one",
        "requests are read in one way",
    );
}
