//! # Events that a function cannot handle are lost
//!
//! The function has no dead letter queue.
//!
//! **Why.** After three tries an event is dropped, and nobody knows what was in it.
//!
//! **Fix.** Set `target_arn` in `dead_letter_config`.
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
//!   dead_letter_config {
//!     target_arn = "arn:aws:sqs:eu-west-3:123456789012:lost"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "target" {
//!   type = string
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!   dead_letter_config {
//!     target_arn = var.target
//!   }
//! }
//! ```
//!
//! **Limits.** Destinations for failures (`aws_lambda_function_event_invoke_config`) count too.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM004",
    name: "dead-letters",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_116", "LAMBDA_DLQ_CHECK"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let config = check.companions(it, "aws_lambda_function_event_invoke_config", "function_name");
    let kept = config.any(|config| config.is_set("destination_config.on_failure"));
    let kept = it.is_set("dead_letter_config.target_arn").or_else(kept);
    check.require(
        kept,
        "events that cannot be handled are lost",
        "events that cannot be handled are kept",
    );
}
