//! # Pages of any site may call a function
//!
//! The address answers pages of every origin, for every method.
//!
//! **Why.** Any page that a signed-in person visits can then call it in that person's name.
//!
//! **Fix.** Name the origins in `cors`.
//!
//! ```hcl,fail
//! resource "aws_lambda_function_url" "web" {
//!   function_name      = "web"
//!   authorization_type = "AWS_IAM"
//!
//!   cors {
//!     allow_methods = ["*"]
//!     allow_origins = ["*"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function_url" "web" {
//!   function_name      = "web"
//!   authorization_type = "AWS_IAM"
//!
//!   cors {
//!     allow_methods = ["GET"]
//!     allow_origins = ["https://example.com"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_lambda_function_url" "web" {
//!   function_name      = "web"
//!   authorization_type = "AWS_IAM"
//!
//!   cors {
//!     allow_methods = ["*"]
//!     allow_origins = var.items
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM014",
    name: "open-cors",
    severity: Severity::Medium,
    resources: &["aws_lambda_function_url"],
    aliases: &["CKV2_AWS_75"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function_url",
    ],
};

/// Judges a function's address.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let origins = it.one_of("cors.allow_origins", &["*"]);
    let methods = it.one_of("cors.allow_methods", &["*"]);
    check.require(
        !origins.and(methods),
        "pages of any site may call the function",
        "pages of any site may call the function",
    );
}
