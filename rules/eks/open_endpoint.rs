//! # A cluster's endpoint is open to the world
//!
//! The public endpoint answers every address of the Internet.
//!
//! **Why.** A hole in Kubernetes, or a stolen token, is then enough.
//!
//! **Fix.** Set `public_access_cidrs` to known addresses, or turn the public endpoint off.
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
//!
//!   vpc_config {
//!     subnet_ids          = ["subnet-1", "subnet-2"]
//!     public_access_cidrs = ["52.47.1.1/32"]
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
//!
//!   vpc_config {
//!     subnet_ids          = ["subnet-1", "subnet-2"]
//!     public_access_cidrs = var.items
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EKS002",
    name: "open-endpoint",
    severity: Severity::Critical,
    resources: &["aws_eks_cluster"],
    aliases: &[
        "CKV_AWS_38",
        "AVD-AWS-0041",
        "aws-eks-no-public-cluster-access-to-cidr",
        "61cf9883-1752-4768-b18c-0d57f2737709",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/eks_cluster",
    ],
};

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let public = it.flag("vpc_config.endpoint_public_access").or(true);
    let ranges = it.texts("vpc_config.public_access_cidrs");
    let narrow = ranges
        .clone()
        .is(|ranges| !ranges.is_empty())
        .and(!it.one_of("vpc_config.public_access_cidrs", &["0.0.0.0/0", "::/0"]));
    check.require(
        narrow.or_else(!public),
        "the endpoint is open to the world",
        "the endpoint is open to known addresses",
    );
}
