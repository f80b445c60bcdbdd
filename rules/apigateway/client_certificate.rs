//! # What stands behind an API cannot tell who calls
//!
//! The stage shows no client certificate.
//!
//! **Why.** Whoever finds the address behind the API calls it around all rules.
//!
//! **Fix.** Make an `aws_api_gateway_client_certificate`, name it in `client_certificate_id`, and ask for it behind.
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
//!   client_certificate_id = "c-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "certificate" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id           = "api-1"
//!   deployment_id         = "d-1"
//!   stage_name            = "live"
//!   client_certificate_id = var.certificate
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API015",
    name: "client-certificate",
    severity: Severity::Low,
    resources: &["aws_api_gateway_stage", "aws_apigatewayv2_stage"],
    aliases: &["CKV2_AWS_51", "0b4869fc-a842-4597-aa00-1294df425440", "AC_AWS_0013"],
    controls: &[("FSBP", "APIGateway.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-2",
    ],
};

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_apigatewayv2_stage" {
        let api = check
            .model()
            .refers(it.text("api_id").attr.value())
            .and_then(|id| Instance::of(check.model(), id));
        if !api
            .is_some_and(|api| api.text("protocol_type").is(|kind| kind == "WEBSOCKET").is_true())
        {
            return;
        }
    }
    check.require(
        it.is_set("client_certificate_id"),
        "the stage shows no certificate",
        "the stage shows a certificate",
    );
}
