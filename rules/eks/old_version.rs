//! # A cluster's version has ended
//!
//! AWS supports the Kubernetes version no more, or for six times the price only.
//!
//! **Why.** Holes stay open, and one day AWS moves the cluster by itself.
//!
//! **Fix.** Move to a supported version, one minor version at a time.
//!
//! ```hcl,fail
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!   version  = "1.25"
//!
//!   vpc_config {
//!     subnet_ids = ["subnet-1", "subnet-2"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!   version  = "1.34"
//!
//!   vpc_config {
//!     subnet_ids = ["subnet-1", "subnet-2"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "release" {
//!   type = string
//! }
//!
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!   version  = var.release
//!
//!   vpc_config {
//!     subnet_ids = ["subnet-1", "subnet-2"]
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EKS006",
    name: "old-version",
    severity: Severity::High,
    resources: &["aws_eks_cluster"],
    aliases: &["CKV_AWS_339"],
    controls: &[("FSBP", "EKS.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-2"],
};

/// The oldest minor version in standard support, as of November 2026.
/// Source: <https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html>
const OLDEST: u32 = 33;

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let supported = it.text("version").is_null_or(|version| {
        version
            .strip_prefix("1.")
            .and_then(|minor| minor.parse().ok())
            .is_some_and(|minor: u32| minor >= OLDEST)
    });
    check.require(
        supported,
        "the Kubernetes version has ended",
        "the Kubernetes version is supported",
    );
}
