//! # Requests are passed on unread
//!
//! No validator looks at requests of the method.
//!
//! **Why.** Whatever is sent reaches the code behind it.
//!
//! **Fix.** Make an `aws_api_gateway_request_validator` and name it in `request_validator_id`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_method" "post" {
//!   rest_api_id   = "api-1"
//!   resource_id   = "r-1"
//!   http_method   = "POST"
//!   authorization = "AWS_IAM"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_method" "post" {
//!   rest_api_id          = "api-1"
//!   resource_id          = "r-1"
//!   http_method          = "POST"
//!   authorization        = "AWS_IAM"
//!   request_validator_id = "v-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "validator" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_method" "post" {
//!   rest_api_id          = "api-1"
//!   resource_id          = "r-1"
//!   http_method          = "POST"
//!   authorization        = "AWS_IAM"
//!   request_validator_id = var.validator
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API016",
    name: "request-validation",
    severity: Severity::Low,
    resources: &["aws_api_gateway_method"],
    aliases: &["CKV2_AWS_53"],
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
        it.is_set("request_validator_id").or_else(preflight),
        "requests are passed on unread",
        "requests are validated",
    );
}
