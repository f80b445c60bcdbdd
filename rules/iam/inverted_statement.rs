//! # A policy allows all but some
//!
//! A statement allows with `NotAction` or `NotResource`: everything that is not named.
//!
//! **Why.** What AWS adds next year is allowed too, and nobody can read from the policy what that is.
//!
//! **Fix.** Name what is allowed, and deny what must never be in a statement of its own.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], NotResource = "arn:aws:s3:::secret/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Deny", Action = ["s3:GetObject"], NotResource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_policy" "deploy" {
//!   name   = "deploy"
//!   policy = var.policy
//! }
//! ```

use check::{Allowance, Check, Meta, PolicyHolder, Severity};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM012",
    name: "inverted-statement",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
        "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    for (path, policy) in &holder.policies {
        for Allowance { path, statement, .. } in
            check.allowances_of(path.clone(), policy, "the policy allows all but some")
        {
            if let Attr::Known(_, value) = statement.not_actions {
                check.fail(
                    value,
                    format!("{path}.NotAction"),
                    "the policy allows all actions but some",
                );
            }
            if let Attr::Known(_, value) = statement.not_resources {
                check.fail(
                    value,
                    format!("{path}.NotResource"),
                    "the policy allows it on all resources but some",
                );
            }
        }
    }
}
