//! # A function runs whatever is uploaded
//!
//! No code signing configuration stands behind the function.
//!
//! **Why.** Whoever may update the function runs any code with its role.
//!
//! **Fix.** Set `code_signing_config_arn`.
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
//!   function_name           = "web"
//!   role                    = "arn:aws:iam::123456789012:role/web"
//!   filename                = "web.zip"
//!   code_signing_config_arn = "arn:aws:lambda:eu-west-3:123456789012:code-signing-config:csc-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "signing" {
//!   type = string
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name           = "web"
//!   role                    = "arn:aws:iam::123456789012:role/web"
//!   filename                = "web.zip"
//!   code_signing_config_arn = var.signing
//! }
//! ```
//!
//! **Limits.** Functions from an image cannot be signed so, and are not judged.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM009",
    name: "code-signing",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_272"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let image = it.text("package_type").is(|kind| kind == "Image");
    let signed = it.is_set("code_signing_config_arn");
    check.require(
        signed.or_else(image),
        "the function runs whatever is uploaded",
        "code must be signed",
    );
}
