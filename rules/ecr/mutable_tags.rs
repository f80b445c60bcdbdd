//! # Tags of a repository can be moved
//!
//! A pushed tag can be pushed again with another image.
//!
//! **Why.** What was tested is not what runs: the same tag is another image tomorrow, and a rollback brings back something
//! else.
//!
//! **Fix.** Set `image_tag_mutability = "IMMUTABLE"`.
//!
//! ```hcl,fail
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecr_repository" "web" {
//!   name                 = "web"
//!   image_tag_mutability = "IMMUTABLE"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "mutability" {
//!   type = string
//! }
//!
//! resource "aws_ecr_repository" "web" {
//!   name                 = "web"
//!   image_tag_mutability = var.mutability
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECR001",
    name: "mutable-tags",
    severity: Severity::Medium,
    resources: &["aws_ecr_repository"],
    aliases: &[
        "CKV_AWS_51",
        "AVD-AWS-0031",
        "aws-ecr-enforce-immutable-repository",
        "d1846b12-20c5-4d45-8798-fc35b79268eb",
        "AC_AWS_0447",
    ],
    controls: &[("FSBP", "ECR.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-2"],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("keep tags with their image", &[Want::set("image_tag_mutability", "\"IMMUTABLE\"")]);

/// Judges a repository.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let fixed =
        it.text("image_tag_mutability").is(|mutability| mutability.starts_with("IMMUTABLE"));
    check.require(fixed, "tags can be moved to another image", "tags stay with their image");
}
