//! # A cluster's control plane is not logged
//!
//! One of the five logs of the control plane is off.
//!
//! **Why.** Who changed what in the cluster cannot be found out.
//!
//! **Fix.** Set `enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]`.
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
//!   name                      = "main"
//!   role_arn                  = "arn:aws:iam::123456789012:role/eks"
//!   enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
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
//!   name                      = "main"
//!   role_arn                  = "arn:aws:iam::123456789012:role/eks"
//!   enabled_cluster_log_types = var.items
//!
//!   vpc_config {
//!     subnet_ids = ["subnet-1", "subnet-2"]
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EKS001",
    name: "control-plane-logs",
    severity: Severity::Medium,
    resources: &["aws_eks_cluster"],
    aliases: &[
        "CKV_AWS_37",
        "AVD-AWS-0038",
        "aws-eks-enable-control-plane-logging",
        "37304d3f-f852-40b8-ae3f-725e87a7cedf",
        "66f130d9-b81d-4e8e-9b08-da74b9c891df",
        "AC_AWS_0465",
    ],
    controls: &[("FSBP", "EKS.8")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-8"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "turn all logs of the control plane on",
    &[Want::set(
        "enabled_cluster_log_types",
        "[\"api\", \"audit\", \"authenticator\", \"controllerManager\", \"scheduler\"]",
    )],
);

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let all = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
        .map(|log| it.one_of("enabled_cluster_log_types", &[log]));
    let all = all.into_iter().fold(At::certain(true), At::and);
    check.require(all, "a log of the control plane is off", "all logs of the control plane are on");
}
