//! # A function may take all the account's capacity
//!
//! No concurrency is reserved for the function, and so none is refused it.
//!
//! **Why.** One flood of events starves all other functions of the region, and the database behind this one.
//!
//! **Fix.** Set `reserved_concurrent_executions`.
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
//!   function_name                  = "web"
//!   role                           = "arn:aws:iam::123456789012:role/web"
//!   filename                       = "web.zip"
//!   reserved_concurrent_executions = 10
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name                  = "web"
//!   role                           = "arn:aws:iam::123456789012:role/web"
//!   filename                       = "web.zip"
//!   reserved_concurrent_executions = var.n
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM003",
    name: "concurrency-limit",
    severity: Severity::Low,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_115", "LAMBDA_CONCURRENCY_CHECK"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let limited = it.number("reserved_concurrent_executions").is(|most| most >= 0);
    check.require(
        limited,
        "the function may take all the account's capacity",
        "the function's concurrency is limited",
    );
}
