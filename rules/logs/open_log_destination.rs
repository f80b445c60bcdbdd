//! # Everybody may send logs here
//!
//! The destination's policy lets everybody (`*`) subscribe, or allows every action.
//!
//! **Why.** Strangers fill the stream behind it, at your cost, with lies.
//!
//! **Fix.** Name the accounts, and `logs:PutSubscriptionFilter`.
//!
//! ```hcl,fail
//! resource "aws_cloudwatch_log_destination_policy" "all" {
//!   destination_name = "all"
//!   access_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "logs:PutSubscriptionFilter", Resource = "*", Principal = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_log_destination_policy" "all" {
//!   destination_name = "all"
//!   access_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "logs:PutSubscriptionFilter", Resource = "*", Principal = { AWS = "123456789012" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_cloudwatch_log_destination_policy" "all" {
//!   destination_name = "all"
//!   access_policy    = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LOG004",
    name: "open-log-destination",
    severity: Severity::Medium,
    resources: &["aws_cloudwatch_log_destination_policy"],
    aliases: &["db0ec4c4-852c-46a2-b4f3-7ec13cdb12a8"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudwatch_log_destination_policy",
    ],
};

/// Judges a destination's policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "access_policy",
        "everybody may send logs here",
        "everybody may send logs here",
    );
    check.forbid_every_action(
        it,
        "access_policy",
        "the statement allows every action",
        "the policy allows every action",
    );
}
