//! # Whole requests stand in the log
//!
//! The methods log requests and answers in full.
//!
//! **Why.** Passwords, tokens and names stand in the log for everybody who reads logs.
//!
//! **Fix.** Set `data_trace_enabled = false`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = "live"
//!   method_path = "*/*"
//!
//!   settings {
//!     data_trace_enabled = true
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
//!     data_trace_enabled = false
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
//!     data_trace_enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API013",
    name: "data-trace",
    severity: Severity::Medium,
    resources: &["aws_api_gateway_method_settings"],
    aliases: &["CKV_AWS_276"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_method_settings",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("keep requests out of the log", &[Want::set("settings.data_trace_enabled", "false")]);

/// Judges settings.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        !it.flag("settings.data_trace_enabled"),
        "whole requests stand in the log",
        "whole requests stand in the log",
    );
}
