//! # An API's name speaks old TLS
//!
//! Callers may use TLS before 1.2.
//!
//! **Why.** Old versions can be broken by whoever sits on the way.
//!
//! **Fix.** Set `security_policy = "TLS_1_2"`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_domain_name" "web" {
//!   domain_name     = "api.example.com"
//!   certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!   security_policy = "TLS_1_0"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_domain_name" "web" {
//!   domain_name     = "api.example.com"
//!   certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!   security_policy = "TLS_1_2"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_domain_name" "web" {
//!   domain_name     = "api.example.com"
//!   certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
//!   security_policy = var.policy
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API011",
    name: "domain-tls",
    severity: Severity::High,
    resources: &["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"],
    aliases: &[
        "CKV_AWS_206",
        "AVD-AWS-0005",
        "aws-apigateway-use-secure-tls-policy",
        "4e1cc5d3-2811-4fb2-861c-ee9b3cb7f90b",
        "API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_domain_name",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "ask for TLS 1.2",
    &[
        Want::set("security_policy", "\"TLS_1_2\"").on("aws_api_gateway_domain_name"),
        Want::set("domain_name_configuration.security_policy", "\"TLS_1_2\"")
            .on("aws_apigatewayv2_domain_name"),
    ],
);

/// Judges a domain name.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let new = it.text("security_policy").is(|policy| policy != "TLS_1_0");
    let new = new.or_else(
        it.text("domain_name_configuration.security_policy").is(|policy| policy != "TLS_1_0"),
    );
    check.require(new, "callers may use TLS before 1.2", "callers must use TLS 1.2");
}
