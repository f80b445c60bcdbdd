//! # A function's calls cannot be followed
//!
//! X-Ray tracing is off.
//!
//! **Why.** Which of many calls was slow, and why, cannot be seen.
//!
//! **Fix.** Set `mode = "Active"` in `tracing_config`.
//!
//! ```hcl,fail
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   tracing_config {
//!     mode = "Active"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "mode" {
//!   type = string
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   tracing_config {
//!     mode = var.mode
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM002",
    name: "tracing",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &[
        "CKV_AWS_50",
        "AVD-AWS-0066",
        "aws-lambda-enable-tracing",
        "8152e0cf-d2f0-47ad-96d5-d003a76eabd1",
        "AC_AWS_0163",
        "AC_AWS_0485",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("trace calls", &[Want::set("tracing_config.mode", "\"Active\"")]);

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let traced =
        it.text("tracing_config.mode").is(|mode| mode == "Active" || mode == "PassThrough");
    check.require(
        traced,
        "the function's calls cannot be followed",
        "the function's calls can be followed",
    );
}
