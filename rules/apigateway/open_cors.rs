//! # Pages of any site may call an API
//!
//! The API answers pages of every origin.
//!
//! **Why.** Any page that a signed-in person visits can then call it in that person's name.
//!
//! **Fix.** Name the origins in `cors_configuration`.
//!
//! ```hcl,fail
//! resource "aws_apigatewayv2_api" "web" {
//!   name          = "web"
//!   protocol_type = "HTTP"
//!
//!   cors_configuration {
//!     allow_origins = ["*"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_apigatewayv2_api" "web" {
//!   name          = "web"
//!   protocol_type = "HTTP"
//!
//!   cors_configuration {
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
//! resource "aws_apigatewayv2_api" "web" {
//!   name          = "web"
//!   protocol_type = "HTTP"
//!
//!   cors_configuration {
//!     allow_origins = var.items
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API021",
    name: "open-cors",
    severity: Severity::Medium,
    resources: &["aws_apigatewayv2_api"],
    aliases: &["AC_AWS_0441"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/apigatewayv2_api",
    ],
};

/// Judges an API.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        !it.one_of("cors_configuration.allow_origins", &["*"]),
        "pages of any site may call the API",
        "pages of any site may call the API",
    );
}
