//! # Calls of a stage cannot be followed
//!
//! X-Ray tracing is off.
//!
//! **Why.** Which of many calls was slow, and why, cannot be seen.
//!
//! **Fix.** Set `xray_tracing_enabled = true`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id          = "api-1"
//!   deployment_id        = "d-1"
//!   stage_name           = "live"
//!   xray_tracing_enabled = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id          = "api-1"
//!   deployment_id        = "d-1"
//!   stage_name           = "live"
//!   xray_tracing_enabled = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API005",
    name: "stage-tracing",
    severity: Severity::Low,
    resources: &["aws_api_gateway_stage"],
    aliases: &[
        "CKV_AWS_73",
        "AVD-AWS-0003",
        "aws-apigateway-enable-tracing",
        "5813ef56-fa94-406a-b35d-977d4a56ff2b",
        "AC_AWS_0015",
    ],
    controls: &[("FSBP", "APIGateway.3")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-3",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("trace calls", &[Want::set("xray_tracing_enabled", "true")]);

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("xray_tracing_enabled"),
        "calls cannot be followed",
        "calls can be followed",
    );
}
