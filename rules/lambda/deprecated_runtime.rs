//! # A function's runtime has ended
//!
//! AWS mends the runtime no more.
//!
//! **Why.** Holes stay open, and one day the function can neither be changed nor called.
//!
//! **Fix.** Move to a current runtime.
//!
//! ```hcl,fail
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   handler       = "index.handler"
//!   runtime       = "nodejs16.x"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   handler       = "index.handler"
//!   runtime       = "nodejs22.x"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "runtime" {
//!   type = string
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   handler       = "index.handler"
//!   runtime       = var.runtime
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM013",
    name: "deprecated-runtime",
    severity: Severity::Medium,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_363", "aws_lambda_function_deprecated_runtime"],
    controls: &[("FSBP", "Lambda.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2",
    ],
};

/// Runtimes that have ended by November 2026.
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
const ENDED: [&str; 26] = [
    "dotnet5.0",
    "dotnet6",
    "dotnet7",
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "go1.x",
    "java8",
    "nodejs",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "nodejs16.x",
    "nodejs18.x",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "provided",
    "python2.7",
    "python3.6",
    "python3.7",
    "python3.8",
    "ruby2.5",
    "ruby2.7",
];

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let ended = it.text("runtime").is(|runtime| ENDED.contains(&runtime));
    check.require(!ended, "the function's runtime has ended", "the function's runtime has ended");
}
