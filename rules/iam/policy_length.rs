//! # A policy is too long for AWS
//!
//! The policy has more characters than AWS takes: 6144 for a managed one, 2048 for a user, 5120 for a group, 10240 for a role.
//!
//! **Why.** The apply fails half way.
//!
//! **Fix.** Split it, or use patterns.
//!
//! ```hcl,fail
//! resource "aws_iam_user_policy" "long" {
//!   user = "build"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = [for n in range(80) : "arn:aws:s3:::a-bucket-with-a-name-${n}/*"] }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_user_policy" "short" {
//!   user = "build"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_user_policy" "open" {
//!   user   = "build"
//!   policy = var.policy
//! }
//! ```
//!
//! **Limits.** White space outside of texts does not count, as at AWS.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM025",
    name: "policy-length",
    severity: Severity::High,
    resources: &[
        "aws_iam_policy",
        "aws_iam_group_policy",
        "aws_iam_user_policy",
        "aws_iam_role_policy",
    ],
    aliases: &["aws_iam_group_policy_too_long", "aws_iam_policy_too_long_policy"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let most = match it.ty() {
        "aws_iam_user_policy" => 2048,
        "aws_iam_group_policy" => 5120,
        "aws_iam_role_policy" => 10240,
        _ => 6144,
    };
    let policy = it.text("policy");
    // A document around its holes is long or short whatever they become.
    if policy.attr.value().blame.document.is_some() && policy.attr.is_unknown() {
        return;
    }
    let length = policy.is(|text| text.chars().filter(|c| !c.is_whitespace()).count() <= most);
    check.require(length, "the policy is too long for AWS", "the policy is short enough for AWS");
}
