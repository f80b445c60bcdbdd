//! # A policy is for one partition only
//!
//! An ARN in the policy starts with `arn:aws:` in letters, while the stack asks AWS for its partition elsewhere.
//!
//! **Why.** In China and in GovCloud the same policy names nothing.
//!
//! **Fix.** Write `arn:${data.aws_partition.current.partition}:…`.
//!
//! ```hcl,fail
//! data "aws_partition" "current" {}
//!
//! resource "aws_iam_policy" "read" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "read" {
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
//! data "aws_partition" "current" {}
//!
//! resource "aws_iam_policy" "read" {
//!   policy = var.policy
//! }
//! ```
//!
//! **Limits.** A stack that never asks for the partition is meant for one, and passes.

use check::{Allowance, Check, Meta, PolicyHolder, Severity};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM030",
    name: "hard-coded-partition",
    severity: Severity::Low,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "aws_iam_policy_document_gov_friendly_arns",
        "aws_iam_policy_gov_friendly_arns",
        "aws_iam_role_policy_gov_friendly_arns",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    if check.model().instances("data.aws_partition").is_empty() {
        return;
    }
    for (path, policy) in &holder.policies {
        for Allowance { path, statement, .. } in
            check.allowances_of(path.clone(), policy, "the policy is for one partition only")
        {
            for resource in statement.resources.elements() {
                let Attr::Known(arn, value) = resource else { continue };
                // What came from another resource, or from the partition itself, is not written by hand.
                if arn.starts_with("arn:aws:") && value.blame.via.is_none() {
                    check.fail(
                        value,
                        format!("{path}.Resource"),
                        "the ARN is for one partition only",
                    );
                }
            }
        }
    }
}
