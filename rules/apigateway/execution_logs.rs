//! # What happens inside a stage is not logged
//!
//! No method settings of the stage set a logging level.
//!
//! **Why.** Why a call failed cannot be found out.
//!
//! **Fix.** Add an `aws_api_gateway_method_settings` with `method_path = "*/*"` and `logging_level = "ERROR"` or `INFO`.
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
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = aws_api_gateway_stage.live.stage_name
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
//! variable "level" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//!
//! resource "aws_api_gateway_method_settings" "all" {
//!   rest_api_id = "api-1"
//!   stage_name  = aws_api_gateway_stage.live.stage_name
//!   method_path = "*/*"
//!
//!   settings {
//!     logging_level   = var.level
//!     metrics_enabled = true
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API007",
    name: "execution-logs",
    severity: Severity::Medium,
    resources: &["aws_api_gateway_stage"],
    aliases: &[
        "CKV2_AWS_4",
        "982aa526-6970-4c59-8b9b-2ce7e019fe36",
        "API_GW_EXECUTION_LOGGING_ENABLED",
    ],
    controls: &[("FSBP", "APIGateway.1")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
    ],
};

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let name = it.text("stage_name").attr;
    let mut logged = At::certain(false);
    for settings in Instance::all(check.model(), "aws_api_gateway_method_settings") {
        let other = settings.text("stage_name").attr;
        let same = match (&name, &other) {
            (Attr::Known(a, _), Attr::Known(b, _)) => Some(a == b),
            _ => check.model().points(other.value(), settings.resource, it.id),
        };
        let level = settings.text("settings.logging_level").is(|level| level != "OFF");
        match same {
            Some(true) => logged = logged.or_else(level),
            Some(false) => {}
            None => {
                logged =
                    logged.or_else(At { path: String::new(), attr: Attr::Unknown(other.value()) });
            }
        }
    }
    let logged = At { path: String::new(), ..logged };
    check.require(
        logged,
        "what happens inside the stage is not logged",
        "what happens inside the stage is logged",
    );
}
