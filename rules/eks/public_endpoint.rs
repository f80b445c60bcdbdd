//! # A cluster's endpoint is public
//!
//! The Kubernetes API can be reached from the Internet.
//!
//! **Why.** It is one more door that must be watched.
//!
//! **Fix.** Set `endpoint_public_access = false` and `endpoint_private_access = true`.
//!
//! ```hcl,fail
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!
//!   vpc_config {
//!     subnet_ids             = ["subnet-1", "subnet-2"]
//!     endpoint_public_access = true
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!
//!   vpc_config {
//!     subnet_ids             = ["subnet-1", "subnet-2"]
//!     endpoint_public_access = false
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_eks_cluster" "main" {
//!   name     = "main"
//!   role_arn = "arn:aws:iam::123456789012:role/eks"
//!
//!   vpc_config {
//!     subnet_ids             = ["subnet-1", "subnet-2"]
//!     endpoint_public_access = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EKS003",
    name: "public-endpoint",
    severity: Severity::High,
    resources: &["aws_eks_cluster"],
    aliases: &[
        "CKV_AWS_39",
        "AVD-AWS-0040",
        "aws-eks-no-public-cluster-access",
        "42f4b905-3736-4213-bfe9-c0660518cda8",
        "EKS_ENDPOINT_NO_PUBLIC_ACCESS",
    ],
    controls: &[("FSBP", "EKS.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-1"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "let only the VPC reach the endpoint",
    &[
        Want::set("vpc_config.endpoint_private_access", "true"),
        Want::set("vpc_config.endpoint_public_access", "false"),
    ],
);

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        !it.flag("vpc_config.endpoint_public_access").or(true),
        "the endpoint is public",
        "the endpoint is public",
    );
}
