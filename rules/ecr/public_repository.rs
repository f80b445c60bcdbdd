//! # A repository lets everybody in
//!
//! The policy allows something to everybody (`*`), and no condition says who or from where.
//!
//! **Why.** Everybody with an AWS account may pull what is meant for you alone, or push what you then run.
//!
//! **Fix.** Name the accounts or roles.
//!
//! ```hcl,fail
//! resource "aws_ecr_repository_policy" "web" {
//!   repository = "web"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "ecr:BatchGetImage", Principal = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecr_repository_policy" "web" {
//!   repository = "web"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "ecr:BatchGetImage", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_ecr_repository_policy" "web" {
//!   repository = "web"
//!   policy     = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECR004",
    name: "public-repository",
    severity: Severity::High,
    resources: &["aws_ecr_repository_policy", "aws_ecr_registry_policy"],
    aliases: &[
        "CKV_AWS_32",
        "AVD-AWS-0032",
        "aws-ecr-no-public-access",
        "e86e26fc-489e-44f0-9bcd-97305e4ba69a",
        "AC_AWS_0084",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecr_repository_policy",
    ],
};

/// Judges a repository's policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the policy lets everybody in",
    );
}
