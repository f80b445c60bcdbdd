//! # Anybody may call a route
//!
//! The route asks for no authorization.
//!
//! **Why.** Whoever finds the address calls it, at your cost.
//!
//! **Fix.** Set `authorization_type` to `JWT`, `AWS_IAM` or `CUSTOM`.
//!
//! ```hcl,fail
//! resource "aws_apigatewayv2_route" "get" {
//!   api_id    = "api-1"
//!   route_key = "GET /"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_apigatewayv2_route" "get" {
//!   api_id             = "api-1"
//!   route_key          = "GET /"
//!   authorization_type = "AWS_IAM"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "authorization" {
//!   type = string
//! }
//!
//! resource "aws_apigatewayv2_route" "get" {
//!   api_id             = "api-1"
//!   route_key          = "GET /"
//!   authorization_type = var.authorization
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API002",
    name: "open-route",
    severity: Severity::Medium,
    resources: &["aws_apigatewayv2_route"],
    aliases: &["CKV_AWS_309"],
    controls: &[("FSBP", "APIGateway.8")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
    ],
};

/// Judges a route.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let known = it.text("authorization_type").is(|kind| kind != "NONE");
    check.require(known, "anybody may call the route", "callers must be known");
}
