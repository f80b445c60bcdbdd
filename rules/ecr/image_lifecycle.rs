//! # Old images stay for ever
//!
//! No lifecycle policy ends images that nobody uses any more.
//!
//! **Why.** Every image is billed every month, and old ones with known holes can still be started.
//!
//! **Fix.** Add an `aws_ecr_lifecycle_policy` for the repository.
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
//! resource "aws_ecr_lifecycle_policy" "web" {
//!   repository = aws_ecr_repository.web.name
//!   policy = jsonencode({
//!     rules = [{
//!       rulePriority = 1
//!       selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 20 }
//!       action       = { type = "expire" }
//!     }]
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
//! resource "aws_ecr_lifecycle_policy" "web" {
//!   repository = var.repository
//!   policy     = "{}"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECR005",
    name: "image-lifecycle",
    severity: Severity::Low,
    resources: &["aws_ecr_repository"],
    aliases: &[],
    controls: &[("FSBP", "ECR.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-3"],
};

/// Judges a repository.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let ended = check.companions(it, "aws_ecr_lifecycle_policy", "repository").exist();
    check.require(ended, "old images stay for ever", "old images end");
}
