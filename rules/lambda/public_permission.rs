//! # Everybody may call a function
//!
//! The permission lets everybody (`*`) in, and names no source.
//!
//! **Why.** Every account of the world runs the function, at your cost and with its role.
//!
//! **Fix.** Name the service in `principal`, and `source_arn` or `source_account`.
//!
//! ```hcl,fail
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = "*"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = "sns.amazonaws.com"
//!   source_arn    = "arn:aws:sns:eu-west-3:123456789012:web"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "principal" {
//!   type = string
//! }
//!
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = var.principal
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM010",
    name: "public-permission",
    severity: Severity::Critical,
    resources: &["aws_lambda_permission"],
    aliases: &[
        "CKV_AWS_301",
        "e08ed7eb-f3ef-494d-9d22-2e3db756a347",
        "1btsf2f9-af8c-4dfc-a0f1-a03adb70deb2",
        "ad9dabc7-7839-4bae-a957-aa9120013f39",
        "LAMBDA_NO_WILDCARD_PRINCIPALS",
        "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
        "3ef8696c-e4ae-4872-92c7-520bb44dfe77",
    ],
    controls: &[("FSBP", "Lambda.1")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
    ],
};

/// Judges a permission.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let everybody = it.text("principal").is(|principal| principal == "*");
    let narrowed = ["source_arn", "source_account", "principal_org_id"].map(|name| it.is_set(name));
    let narrowed = narrowed.into_iter().fold(At::certain(false), At::or_else);
    check.require(
        (!everybody).or_else(narrowed),
        "everybody may call the function",
        "everybody may call the function",
    );
}
