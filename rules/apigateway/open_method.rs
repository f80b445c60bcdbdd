//! # Anybody may call a method
//!
//! The method asks for no authorization, and for no API key.
//!
//! **Why.** Whoever finds the address calls it, at your cost.
//!
//! **Fix.** Set `authorization` to `AWS_IAM`, `COGNITO_USER_POOLS` or `CUSTOM`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method" "get" {
//!   rest_api_id   = "api-1"
//!   resource_id   = "r-1"
//!   http_method   = "GET"
//!   authorization = "NONE"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_method" "get" {
//!   rest_api_id   = "api-1"
//!   resource_id   = "r-1"
//!   http_method   = "GET"
//!   authorization = "AWS_IAM"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "authorization" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_method" "get" {
//!   rest_api_id   = "api-1"
//!   resource_id   = "r-1"
//!   http_method   = "GET"
//!   authorization = var.authorization
//! }
//! ```
//!
//! **Limits.** `OPTIONS` must stay open for browsers and is not judged; nor are APIs that only a VPC reaches.

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API001",
    name: "open-method",
    severity: Severity::High,
    resources: &["aws_api_gateway_method"],
    aliases: &[
        "CKV_AWS_59",
        "CKV2_AWS_70",
        "AVD-AWS-0004",
        "aws-apigateway-no-public-access",
        "15ccec05-5476-4890-ad19-53991eba1db8",
        "AC_AWS_0439",
        "API_GW_METHOD_AUTHORIZATION_TYPE_RULE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_method",
    ],
};

/// Judges a method.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let open = it.text("authorization").is(|kind| kind == "NONE").and(!it.flag("api_key_required"));
    let preflight = it.text("http_method").is(|method| method == "OPTIONS");
    let api = check
        .model()
        .refers(it.text("rest_api_id").attr.value())
        .and_then(|id| Instance::of(check.model(), id));
    let private = api
        .map_or(At::certain(false), |api| api.one_of("endpoint_configuration.types", &["PRIVATE"]));
    check.require(
        (!open).or_else(preflight).or_else(private),
        "anybody may call the method",
        "callers must be known",
    );
}
