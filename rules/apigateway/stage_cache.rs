//! # A stage keeps no answers
//!
//! Caching is off.
//!
//! **Why.** The same question is worked out again for everybody who asks.
//!
//! **Fix.** Set `cache_cluster_enabled = true`, where answers may be kept. A cache is billed by the hour.
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
    resources: &["aws_api_gateway_stage"],
    aliases: &["CKV_AWS_120"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_stage",
    ],
};

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("cache_cluster_enabled"),
        "the stage keeps no answers",
        "the stage keeps answers",
    );
}
