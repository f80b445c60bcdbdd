//! # An API's policy lets everybody in
//!
//! A statement allows everybody (`*`) to call, and no condition says from where.
//!
//! **Why.** The policy then is no wall at all.
//!
//! **Fix.** Name accounts, or add `aws:SourceIp` or `aws:SourceVpce`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_rest_api_policy" "web" {
//!   rest_api_id = "api-1"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "execute-api:Invoke", Resource = "*", Principal = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_rest_api_policy" "web" {
//!   rest_api_id = "api-1"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "execute-api:Invoke", Resource = "*", Principal = { AWS = "123456789012" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_rest_api_policy" "web" {
//!   rest_api_id = "api-1"
//!   policy      = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API020",
    name: "public-policy",
    severity: Severity::High,
    resources: &["aws_api_gateway_rest_api_policy", "aws_api_gateway_rest_api"],
    aliases: &["b161c11b-a59b-4431-9a29-4e19f63e6b27", "AC_AWS_0440"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_rest_api_policy",
    ],
};

/// Judges an API's policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may call the API",
        "the policy lets everybody in",
    );
}
