//! # Kept answers are in plain text
//!
//! The cache of the methods is on and not encrypted.
//!
//! **Why.** What was answered to one caller lies on disk in plain text.
//!
//! **Fix.** Set `cache_data_encrypted = true`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = "live"
//!   method_path = "*/*"
//!
//!   settings {
//!     caching_enabled      = true
//!     cache_data_encrypted = false
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
//!     caching_enabled      = true
//!     cache_data_encrypted = true
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
//!     caching_enabled      = true
//!     cache_data_encrypted = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API010",
    name: "cache-encryption",
    severity: Severity::Medium,
    resources: &["aws_api_gateway_method_settings"],
    aliases: &[
        "CKV_AWS_308",
        "AVD-AWS-0002",
        "aws-apigateway-enable-cache-encryption",
        "b7c9a40c-23e4-4a2d-8d39-a3352f10f288",
        "API_GW_CACHE_ENABLED_AND_ENCRYPTED",
    ],
    controls: &[("FSBP", "APIGateway.5")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-5",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("encrypt kept answers", &[Want::set("settings.cache_data_encrypted", "true")]);

/// Judges settings.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let off = !it.flag("settings.caching_enabled");
    check.require(
        it.flag("settings.cache_data_encrypted").or_else(off),
        "kept answers are in plain text",
        "kept answers are encrypted",
    );
}
