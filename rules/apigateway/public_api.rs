//! # An API faces the Internet
//!
//! The API's endpoint is not private.
//!
//! **Why.** Sometimes that is its purpose; where it is not, a service for your own programs answers everybody.
//!
//! **Fix.** Set `types = ["PRIVATE"]` in `endpoint_configuration` where nobody outside needs it, and silence the rule where
//! they do.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//!
//!   endpoint_configuration {
//!     types = ["REGIONAL"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//!
//!   endpoint_configuration {
//!     types = ["PRIVATE"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//!
//!   endpoint_configuration {
//!     types = var.items
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API017",
    name: "public-api",
    severity: Severity::Low,
    resources: &["aws_api_gateway_rest_api"],
    aliases: &["6b2739db-9c49-4db7-b980-7816e0c248c1", "AC_AWS_0011", "API_GW_ENDPOINT_TYPE_CHECK"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_rest_api",
    ],
};

/// Judges an API.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.one_of("endpoint_configuration.types", &["PRIVATE"]),
        "the API faces the Internet",
        "the API is private",
    );
}
