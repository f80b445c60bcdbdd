//! # A service stays on an old platform
//!
//! The Fargate service names a platform version.
//!
//! **Why.** Repairs of the platform do not reach it.
//!
//! **Fix.** Leave `platform_version` out, or set it to `LATEST`.
//!
//! ```hcl,fail
//! resource "aws_ecs_service" "web" {
//!   name             = "web"
//!   cluster          = "main"
//!   task_definition  = "web:1"
//!   launch_type      = "FARGATE"
//!   platform_version = "1.3.0"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_service" "web" {
//!   name             = "web"
//!   cluster          = "main"
//!   task_definition  = "web:1"
//!   launch_type      = "FARGATE"
//!   platform_version = "LATEST"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "platform" {
//!   type = string
//! }
//!
//! resource "aws_ecs_service" "web" {
//!   name             = "web"
//!   cluster          = "main"
//!   task_definition  = "web:1"
//!   launch_type      = "FARGATE"
//!   platform_version = var.platform
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS028",
    name: "platform-version",
    severity: Severity::Medium,
    resources: &["aws_ecs_service"],
    aliases: &["CKV_AWS_332"],
    controls: &[("FSBP", "ECS.10")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-10"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("follow the platform", &[Want::set("platform_version", "\"LATEST\"")]);

/// Judges a service.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let fargate = it.text("launch_type").is(|kind| kind == "FARGATE");
    let latest = it.text("platform_version").is_null_or(|version| version == "LATEST");
    check.require(
        latest.or_else(!fargate),
        "the service stays on an old platform",
        "the service follows the platform",
    );
}
