//! # A function stands outside the VPC
//!
//! The function has no network of yours.
//!
//! **Why.** It reaches the Internet without any rule of yours, and nothing inside the VPC.
//!
//! **Fix.** Add a `vpc_config` with subnets and security groups.
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
//!   vpc_config {
//!     subnet_ids         = ["subnet-1", "subnet-2"]
//!     security_group_ids = ["sg-1"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   vpc_config {
//!     subnet_ids         = var.items
//!     security_group_ids = ["sg-1"]
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM005",
    name: "outside-vpc",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_117", "AC_AWS_0486"],
    controls: &[("FSBP", "Lambda.3")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-3",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let inside = it.is_set("vpc_config.subnet_ids");
    check.require(inside, "the function stands outside the VPC", "the function stands in a VPC");
}
