//! # Images are not encrypted with a key of your own
//!
//! The repository uses a key that AWS keeps.
//!
//! **Why.** There is no log of each use, and no key to take away.
//!
//! **Fix.** Add an `encryption_configuration` with `encryption_type = "KMS"` and a `kms_key`. It takes a new repository.
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
//!   encryption_configuration {
//!     encryption_type = "KMS"
//!     kms_key         = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "type" {
//!   type = string
//! }
//!
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//!   encryption_configuration {
//!     encryption_type = var.type
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECR003",
    name: "repository-key",
    severity: Severity::Low,
    resources: &["aws_ecr_repository"],
    aliases: &[
        "CKV_AWS_136",
        "AVD-AWS-0033",
        "aws-ecr-repository-customer-key",
        "0e32d561-4b5a-4664-a6e3-a3fa85649157",
        "AC_AWS_0461",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecr_repository",
    ],
};

/// Judges a repository.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let kms =
        it.text("encryption_configuration.encryption_type").is(|kind| kind.starts_with("KMS"));
    check.require(
        kms,
        "images are not encrypted with a KMS key",
        "images are encrypted with a KMS key",
    );
}
