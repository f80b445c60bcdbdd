//! # An API is destroyed before its successor exists
//!
//! When it must be replaced, Terraform destroys the old one first.
//!
//! **Why.** The stage still points at it, so the apply fails, or callers get nothing until the new one is there.
//!
//! **Fix.** Write `lifecycle { create_before_destroy = true }`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_deployment" "live" {
//!   rest_api_id = "api-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_deployment" "live" {
//!   rest_api_id = "api-1"
//!
//!   lifecycle {
//!     create_before_destroy = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_api_gateway_deployment" "live" {
//!   count = var.n
//!
//!   rest_api_id = "api-1"
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API012",
    name: "api-replacement",
    severity: Severity::Low,
    resources: &["aws_api_gateway_rest_api", "aws_api_gateway_deployment"],
    aliases: &["CKV_AWS_217", "CKV_AWS_237"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_rest_api",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::safe("make a successor first", &[Want::set("lifecycle.create_before_destroy", "true")]);

/// Judges an API.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let first = At::certain(it.resource.lifecycle.create_before_destroy);
    check.require(first, "it is destroyed before its successor exists", "a successor exists first");
}
