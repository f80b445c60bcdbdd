//! # Methods keep no answers
//!
//! Caching is off in the settings of the methods.
//!
//! **Why.** The same question is worked out again for everybody who asks.
//!
//! **Fix.** Set `caching_enabled = true` where answers may be kept, and `cache_data_encrypted = true`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = "live"
//!   method_path = "*/*"
//!
//!   settings {
//!     caching_enabled = false
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
//!     caching_enabled = true
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
//!     caching_enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API023",
    name: "method-cache",
    severity: Severity::Low,
    resources: &["aws_api_gateway_method_settings"],
    aliases: &["CKV_AWS_225", "AVD-AWS-0190", "aws-api-gateway-enable-cache"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_method_settings",
    ],
};

/// Judges settings.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("settings.caching_enabled"),
        "methods keep no answers",
        "methods keep answers",
    );
}
