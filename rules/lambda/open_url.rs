//! # Anybody may call a function by its address
//!
//! The function's address asks for no signature.
//!
//! **Why.** Whoever finds it runs the function, at your cost.
//!
//! **Fix.** Set `authorization_type = "AWS_IAM"`, or put CloudFront with an origin access control in front.
//!
//! ```hcl,fail
//! resource "aws_lambda_function_url" "web" {
//!   function_name      = "web"
//!   authorization_type = "NONE"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function_url" "web" {
//!   function_name      = "web"
//!   authorization_type = "AWS_IAM"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "authorization" {
//!   type = string
//! }
//!
//! resource "aws_lambda_function_url" "web" {
//!   function_name      = "web"
//!   authorization_type = var.authorization
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM008",
    name: "open-url",
    severity: Severity::High,
    resources: &["aws_lambda_function_url"],
    aliases: &["CKV_AWS_258"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function_url",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("ask callers to sign", &[Want::set("authorization_type", "\"AWS_IAM\"")]);

/// Judges a function's address.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let signed = it.text("authorization_type").is(|kind| kind != "NONE");
    check.require(signed, "anybody may call the function", "callers must sign their requests");
}
