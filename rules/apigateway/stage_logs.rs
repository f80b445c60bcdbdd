//! # Calls of a stage are not logged
//!
//! The stage writes no access log.
//!
//! **Why.** After an incident nobody can say who called what.
//!
//! **Fix.** Add `access_log_settings` with a `destination_arn`.
//!
//! ```hcl,fail
//! resource "aws_apigatewayv2_stage" "live" {
//!   api_id = "api-1"
//!   name   = "live"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_apigatewayv2_stage" "live" {
//!   api_id = "api-1"
//!   name   = "live"
//!   access_log_settings {
//!     destination_arn = "arn:aws:logs:eu-west-3:123456789012:log-group:api"
//!     format          = "$context.requestId"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "destination" {
//!   type = string
//! }
//!
//! resource "aws_apigatewayv2_stage" "live" {
//!   api_id = "api-1"
//!   name   = "live"
//!   access_log_settings {
//!     destination_arn = var.destination
//!     format          = "$context.requestId"
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API006",
    name: "stage-logs",
    severity: Severity::Medium,
    resources: &["aws_api_gateway_stage", "aws_apigatewayv2_stage"],
    aliases: &[
        "CKV_AWS_76",
        "AVD-AWS-0001",
        "aws-apigateway-enable-access-logging",
        "625abc0e-f980-4ac9-a775-f7519ee34296",
        "1b6799eb-4a7a-4b04-9001-8cceb9999326",
        "AC_AWS_0012",
        "AC_AWS_0442",
        "AC_AWS_0014",
        "API_GW_STAGE_ACCESS_LOGGING_RULE",
        "API_GWV2_ACCESS_LOGS_ENABLED",
    ],
    controls: &[("FSBP", "APIGateway.9")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-9",
    ],
};

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.is_set("access_log_settings.destination_arn"),
        "calls are not logged",
        "calls are logged",
    );
}
