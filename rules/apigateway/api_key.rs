//! # A method asks for no API key
//!
//! Callers are not told apart by a key.
//!
//! **Why.** No caller can be slowed down or cut off without all the others.
//!
//! **Fix.** Set `api_key_required = true`, with a usage plan.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method" "get" {
//!   rest_api_id   = "api-1"
//!   resource_id   = "r-1"
//!   http_method   = "GET"
//!   authorization = "AWS_IAM"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_method" "get" {
//!   rest_api_id      = "api-1"
//!   resource_id      = "r-1"
//!   http_method      = "GET"
//!   authorization    = "AWS_IAM"
//!   api_key_required = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_api_gateway_method" "get" {
//!   rest_api_id      = "api-1"
//!   resource_id      = "r-1"
//!   http_method      = "GET"
//!   authorization    = "AWS_IAM"
//!   api_key_required = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API003",
    name: "api-key",
    severity: Severity::Low,
    resources: &["aws_api_gateway_method"],
    aliases: &["671211c5-5d2a-4e97-8867-30fc28b02216"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_method",
    ],
};

/// Judges a method.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let preflight = it.text("http_method").is(|method| method == "OPTIONS");
    check.require(
        it.flag("api_key_required").or_else(preflight),
        "the method asks for no API key",
        "the method asks for an API key",
    );
}
