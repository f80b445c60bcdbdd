//! # A policy lets its holder hand any role to any service
//!
//! `iam:PassRole` is allowed on every role.
//!
//! **Why.** Whoever has the policy hands the strongest role to a machine or function of the holder's own.
//!
//! **Fix.** Name the roles, and add the condition `iam:PassedToService`.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["iam:PassRole"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["iam:PassRole"], Resource = "arn:aws:iam::123456789012:role/web" }]
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

use check::{Check, Meta, PolicyHolder, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM011",
    name: "pass-any-role",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "AVD-AWS-0342",
        "aws-iam-filter-passrole-access",
        "e39bee8c-fe54-4a3f-824d-e5e2d1cca40a",
        "IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE",
        "IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    let whether = "the policy lets its holder hand any role to a service";
    super::credential_exposure::forbid(holder, check, &["iam:passrole"], whether, whether);
}
