//! # An instance is measured every five minutes only
//!
//! Detailed monitoring is off.
//!
//! **Why.** Alarms and scaling come five minutes late.
//!
//! **Fix.** Set `monitoring = true` (for a launch configuration `enable_monitoring`). It is billed for each metric.
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
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   monitoring    = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   monitoring    = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2006",
    name: "detailed-monitoring",
    severity: Severity::Low,
    resources: &["aws_instance", "aws_launch_configuration", "aws_launch_template"],
    aliases: &[
        "CKV_AWS_126",
        "23b70e32-032e-4fa6-ba5c-82f56b9980e6",
        "AC_AWS_0480",
        "AC_AWS_0490",
        "EC2_INSTANCE_DETAILED_MONITORING_ENABLED",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "measure every minute",
    &[
        Want::set("monitoring", "true").on("aws_instance"),
        Want::set("monitoring.enabled", "true").on("aws_launch_template"),
        Want::set("enable_monitoring", "true").on("aws_launch_configuration"),
    ],
);

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let detailed = match it.ty() {
        "aws_instance" => it.flag("monitoring"),
        "aws_launch_template" => it.flag("monitoring.enabled"),
        _ => it.flag("enable_monitoring").or(true),
    };
    check.require(
        detailed,
        "the instance is measured every five minutes only",
        "the instance is measured every minute",
    );
}
