//! # No firewall stands before a stage
//!
//! The stage of a public API has no web ACL.
//!
//! **Why.** Floods, scanners and known attacks reach what stands behind it.
//!
//! **Fix.** Add an `aws_wafv2_web_acl_association` for the stage.
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
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//!
//! resource "aws_wafv2_web_acl_association" "live" {
//!   resource_arn = aws_api_gateway_stage.live.arn
//!   web_acl_arn  = "arn:aws:wafv2:eu-west-3:123456789012:regional/webacl/web/1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "stage" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//!
//! resource "aws_wafv2_web_acl_association" "live" {
//!   resource_arn = var.stage
//!   web_acl_arn  = "arn:aws:wafv2:eu-west-3:123456789012:regional/webacl/web/1"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API014",
    name: "stage-waf",
    severity: Severity::Medium,
    resources: &["aws_api_gateway_stage"],
    aliases: &["CKV2_AWS_29", "a186e82c-1078-4a7b-85d8-579561fde884"],
    controls: &[("FSBP", "APIGateway.4")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-4",
    ],
};

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let api = check
        .model()
        .refers(it.text("rest_api_id").attr.value())
        .and_then(|id| Instance::of(check.model(), id));
    let private = api
        .map_or(At::certain(false), |api| api.one_of("endpoint_configuration.types", &["PRIVATE"]));
    let new = check.companions(it, "aws_wafv2_web_acl_association", "resource_arn").exist();
    let old = check.companions(it, "aws_wafregional_web_acl_association", "resource_arn").exist();
    check.require(
        new.or_else(old).or_else(private),
        "no firewall stands before the stage",
        "a firewall stands before the stage",
    );
}
