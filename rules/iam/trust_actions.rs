//! # A trust policy allows more than taking the role
//!
//! A statement of the trust policy allows every action, or all but some.
//!
//! **Why.** Only `sts:AssumeRole` and its kin mean something there; whoever wrote more did not mean what is written.
//!
//! **Fix.** Name `sts:AssumeRole` (and `sts:TagSession`, `sts:SetSourceIdentity` where needed).
//!
//! ```hcl,fail
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "*", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM013",
    name: "trust-actions",
    severity: Severity::High,
    resources: &["aws_iam_role"],
    aliases: &[
        "IAM_ROLE_NO_ALLOW_PLUS_NOT_ACTION_ON_TRUST_POLICY",
        "IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role",
    ],
};

/// Judges a role.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_every_action(
        it,
        "assume_role_policy",
        "the trust policy allows more than taking the role",
        "the trust policy allows more than taking the role",
    );
}
