//! # Calls of single methods are not counted
//!
//! CloudWatch metrics of the methods are off.
//!
//! **Why.** Which method fails or is slow cannot be seen.
//!
//! **Fix.** Set `metrics_enabled = true`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = "live"
//!   method_path = "*/*"
//!
//!   settings {
//!     logging_level   = "INFO"
//!     metrics_enabled = false
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = "live"
//!   method_path = "*/*"
//!
//!   settings {
//!     logging_level   = "INFO"
//!     metrics_enabled = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = "live"
//!   method_path = "*/*"
//!
//!   settings {
//!     logging_level   = "INFO"
//!     metrics_enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API008",
    name: "method-metrics",
    severity: Severity::Low,
    resources: &["aws_api_gateway_method_settings"],
    aliases: &["081069cb-588b-4ce1-884c-2a1ce3029fe5", "AC_AWS_0007"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_method_settings",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("count calls of single methods", &[Want::set("settings.metrics_enabled", "true")]);

/// Judges settings.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("settings.metrics_enabled"),
        "calls of single methods are not counted",
        "calls of single methods are counted",
    );
}
