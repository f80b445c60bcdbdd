//! # A repository has no policy
//!
//! Who may pull and push is left to the IAM policies of the account.
//!
//! **Why.** One role with `ecr:*` on everything then overwrites what all services run.
//!
//! **Fix.** Add an `aws_ecr_repository_policy` that names who pushes and who pulls.
//!
//! ```hcl,fail
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//! }
//!
//! resource "aws_ecr_repository_policy" "web" {
//!   repository = aws_ecr_repository.web.name
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "ecr:BatchGetImage", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "repository" {
//!   type = string
//! }
//!
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//! }
//!
//! resource "aws_ecr_repository_policy" "web" {
//!   repository = var.repository
//!   policy     = "{}"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECR006",
    name: "repository-policy",
    severity: Severity::Low,
    resources: &["aws_ecr_repository"],
    aliases: &["69e7c320-b65d-41bb-be02-d63ecc0bcc9d", "AC_AWS_0462"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecr_repository",
    ],
};

/// Judges a repository.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let guarded = check.companions(it, "aws_ecr_repository_policy", "repository").exist();
    check.require(guarded, "the repository has no policy", "the repository has a policy");
}
