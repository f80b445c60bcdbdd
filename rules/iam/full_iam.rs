//! # A policy allows all of IAM
//!
//! A statement allows every action of IAM.
//!
//! **Why.** Whoever has the policy makes an administrator of anybody.
//!
//! **Fix.** Name the actions, and the users and roles they are for.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "people" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "iam:*", Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "people" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "iam:GetUser", Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_policy" "people" {
//!   policy = var.policy
//! }
//! ```

use check::{Allowance, Check, Meta, PolicyHolder, Severity};
use model::Attr;
use reach::iam::{every_action_of, is_every_action};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM039",
    name: "full-iam",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &["CKV2_AWS_40"],
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
            check.allowances_of(path.clone(), policy, "the policy allows all of IAM")
        {
            for action in statement.actions.elements() {
                let Attr::Known(pattern, value) = action else { continue };
                if is_every_action(pattern) || every_action_of(pattern) == Some("iam") {
                    check.fail(value, format!("{path}.Action"), "the policy allows all of IAM");
                }
            }
        }
    }
}
