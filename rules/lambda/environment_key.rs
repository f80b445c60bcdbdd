//! # A function's variables are not encrypted with a key of your own
//!
//! The function's environment uses the key that AWS keeps.
//!
//! **Why.** There is no second lock: who may describe the function reads its variables.
//!
//! **Fix.** Set `kms_key_arn`.
//!
//! ```hcl,fail
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!
//!   environment {
//!     variables = {
//!       STAGE = "test"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   kms_key_arn   = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!
//!   environment {
//!     variables = {
//!       STAGE = "test"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   kms_key_arn   = var.key
//!
//!   environment {
//!     variables = {
//!       STAGE = "test"
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM007",
    name: "environment-key",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_173", "AC_AWS_0483"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_arn"));
    let variables = it.is_set("environment.variables");
    check.require(
        own.or_else(!variables),
        "the function's variables have no key of your own",
        "the function's variables have a key of your own",
    );
}
