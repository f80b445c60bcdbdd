//! # A classic load balancer speaks old TLS
//!
//! The policy turns on SSL 3, TLS 1.0 or TLS 1.1, or a weak cipher, or is one of AWS' that does.
//!
//! **Why.** Old versions can be broken by whoever sits on the way.
//!
//! **Fix.** Take the reference policy `ELBSecurityPolicy-TLS-1-2-2017-01`.
//!
//! ```hcl,fail
//! resource "aws_load_balancer_policy" "web" {
//!   load_balancer_name = "web"
//!   policy_name        = "web"
//!   policy_type_name   = "SSLNegotiationPolicyType"
//!
//!   policy_attribute {
//!     name  = "Reference-Security-Policy"
//!     value = "ELBSecurityPolicy-2016-08"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_load_balancer_policy" "web" {
//!   load_balancer_name = "web"
//!   policy_name        = "web"
//!   policy_type_name   = "SSLNegotiationPolicyType"
//!
//!   policy_attribute {
//!     name  = "Reference-Security-Policy"
//!     value = "ELBSecurityPolicy-TLS-1-2-2017-01"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_load_balancer_policy" "web" {
//!   load_balancer_name = "web"
//!   policy_name        = "web"
//!   policy_type_name   = "SSLNegotiationPolicyType"
//!
//!   policy_attribute {
//!     name  = "Reference-Security-Policy"
//!     value = var.policy
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB014",
    name: "classic-tls-policy",
    severity: Severity::High,
    resources: &["aws_load_balancer_policy"],
    aliases: &[
        "CKV_AWS_213",
        "126c1788-23c2-4a10-906c-ef179f4f96ec",
        "AC_AWS_0172",
        "ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK",
        "4a800e14-c94a-442d-9067-5a2e9f6c0a4c",
        "AC_AWS_0171",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/load_balancer_policy",
    ],
};

/// What is turned on by a name of its own.
const WEAK: [&str; 6] = [
    "Protocol-SSLv2",
    "Protocol-SSLv3",
    "Protocol-TLSv1",
    "Protocol-TLSv1.1",
    "DES-CBC3-SHA",
    "RC4-MD5",
];

/// Judges a policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for attribute in check.blocks(it, "policy_attribute") {
        let reference = attribute.text("name").is(|name| name == "Reference-Security-Policy");
        let old = attribute
            .text("value")
            .is(|policy| !policy.contains("TLS-1-2") && !policy.contains("TLS13-1-2"));
        let weak = attribute.text("name").is(|name| WEAK.contains(&name));
        let on = attribute.text("value").is(|value| value == "true");
        check.require(
            !reference.and(old).or_else(weak.and(on)),
            "the load balancer speaks old TLS",
            "the load balancer speaks old TLS",
        );
    }
}
