//! # A stage keeps no answers
//!
//! Caching is off.
//!
//! **Why.** The same question is worked out again for everybody who asks.
//!
//! **Fix.** Set `cache_cluster_enabled = true` on the stage, and `caching_enabled = true` in its settings, where answers may be
//! kept. A cache is billed by the hour.
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
//!   rest_api_id           = "api-1"
//!   deployment_id         = "d-1"
//!   stage_name            = "live"
//!   cache_cluster_enabled = true
//!   cache_cluster_size    = "0.5"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id           = "api-1"
//!   deployment_id         = "d-1"
//!   stage_name            = "live"
//!   cache_cluster_enabled = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API009",
    name: "stage-cache",
    severity: Severity::Low,
    resources: &["aws_api_gateway_stage", "aws_api_gateway_method_settings"],
    aliases: &["CKV_AWS_120", "CKV_AWS_225", "AVD-AWS-0190", "aws-apigateway-enable-cache"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_stage",
    ],
};

/// Judges a stage or its settings.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let kept = match it.ty() {
        "aws_api_gateway_stage" => it.flag("cache_cluster_enabled"),
        _ => it.flag("settings.caching_enabled"),
    };
    check.require(kept, "the stage keeps no answers", "the stage keeps answers");
}
