//! # A function stands in one zone
//!
//! The function has one subnet only.
//!
//! **Why.** When the zone is down, so is the function.
//!
//! **Fix.** Name subnets of two zones or more in `vpc_config`.
//!
//! ```hcl,fail
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!
//!   vpc_config {
//!     subnet_ids         = ["subnet-1"]
//!     security_group_ids = ["sg-1"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
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
//!
//!   vpc_config {
//!     subnet_ids         = var.items
//!     security_group_ids = ["sg-1"]
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM006",
    name: "one-subnet",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &[],
    controls: &[("FSBP", "Lambda.5")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-5",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let spread = it.texts("vpc_config.subnet_ids").is_null_or(|subnets| subnets.len() != 1);
    check.require(
        spread,
        "the function stands in one zone",
        "the function stands in several zones",
    );
}
