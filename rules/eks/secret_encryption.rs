//! # Secrets of a cluster have no second lock
//!
//! Kubernetes secrets are not encrypted with a key of your own.
//!
//! **Why.** Whoever reads the cluster's database reads them all.
//!
//! **Fix.** Add `encryption_config` with `resources = ["secrets"]` and a `key_arn`.
//!
//! ```hcl,fail
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
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
//!   encryption_config {
//!     resources = ["secrets"]
//!
//!     provider {
//!       key_arn = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!     }
//!   }
//!
//!   vpc_config {
//!     subnet_ids = ["subnet-1", "subnet-2"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!   encryption_config {
//!     resources = var.items
//!
//!     provider {
//!       key_arn = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!     }
//!   }
//!
//!   vpc_config {
//!     subnet_ids = ["subnet-1", "subnet-2"]
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EKS004",
    name: "secret-encryption",
    severity: Severity::High,
    resources: &["aws_eks_cluster"],
    aliases: &[
        "CKV_AWS_58",
        "AVD-AWS-0039",
        "aws-eks-encrypt-secrets",
        "63ebcb19-2739-4d3f-aa5c-e8bbb9b85281",
        "EKS_CLUSTER_ENCRYPTION_RULE",
    ],
    controls: &[("FSBP", "EKS.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-3"],
};

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let secrets = it.one_of("encryption_config.resources", &["secrets"]);
    let secrets = secrets.and(it.is_set("encryption_config.provider.key_arn"));
    check.require(
        secrets,
        "secrets are not encrypted with a key of your own",
        "secrets are encrypted with a key of your own",
    );
}
