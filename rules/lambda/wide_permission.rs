//! # A permission lets more than call a function
//!
//! The permission is for another action than calling.
//!
//! **Why.** The caller may then also change the function.
//!
//! **Fix.** Set `action = "lambda:InvokeFunction"`, or `lambda:InvokeFunctionUrl` for an address.
//!
//! ```hcl,fail
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:*"
//!   principal     = "123456789012"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = "123456789012"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "action" {
//!   type = string
//! }
//!
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = var.action
//!   principal     = "123456789012"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM012",
    name: "wide-permission",
    severity: Severity::Low,
    resources: &["aws_lambda_permission"],
    aliases: &["75ec6890-83af-4bf1-9f16-e83726df0bd0", "LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_permission",
    ],
};

/// Judges a permission.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let calls = it.text("action").is(|action| {
        matches!(
            action,
            "lambda:InvokeFunction" | "lambda:InvokeFunctionUrl" | "lambda:EnableReplication*"
        )
    });
    check.require(
        calls,
        "the permission lets more than call the function",
        "the permission is for calling",
    );
}
