//! # Answers are sent as they are
//!
//! Compression is off, or its limit is none.
//!
//! **Why.** Answers take longer and cost more than they need.
//!
//! **Fix.** Set `minimum_compression_size` to a number of bytes from 0 to 10485760.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_rest_api" "web" {
//!   name                     = "web"
//!   minimum_compression_size = "1024"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "size" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_rest_api" "web" {
//!   name                     = "web"
//!   minimum_compression_size = var.size
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API019",
    name: "compression",
    severity: Severity::Low,
    resources: &["aws_api_gateway_rest_api"],
    aliases: &["ed35928e-195c-4405-a252-98ccb664ab7b", "AC_AWS_0010"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_rest_api",
    ],
};

/// Judges an API.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let on = it.number("minimum_compression_size").is(|size| (0..=10_485_760).contains(&size));
    check.require(on, "answers are sent as they are", "answers are compressed");
}
