//! # A model's name is refused by AWS
//!
//! The name has something else than letters and digits.
//!
//! **Why.** The apply fails half way.
//!
//! **Fix.** Write it in one word.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_model" "user" {
//!   rest_api_id  = "api-1"
//!   content_type = "application/json"
//!   schema       = "{}"
//!   name         = "a user"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_model" "user" {
//!   rest_api_id  = "api-1"
//!   content_type = "application/json"
//!   schema       = "{}"
//!   name         = "User"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "name" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_model" "user" {
//!   rest_api_id  = "api-1"
//!   content_type = "application/json"
//!   schema       = "{}"
//!   name         = var.name
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API022",
    name: "model-name",
    severity: Severity::High,
    resources: &["aws_api_gateway_model"],
    aliases: &["aws_api_gateway_model_invalid_name"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_model",
    ],
};

/// Judges a model.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let plain = it
        .text("name")
        .is(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()));
    check.require(plain, "AWS refuses the model's name", "AWS takes the model's name");
}
