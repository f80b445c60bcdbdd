//! # The world may log in to nodes
//!
//! The node group has an SSH key, and no security group says from where.
//!
//! **Why.** AWS then opens port 22 to the whole Internet.
//!
//! **Fix.** Set `source_security_group_ids` in `remote_access`, or leave `remote_access` out.
//!
//! ```hcl,fail
//! resource "aws_eks_node_group" "web" {
//!   cluster_name  = "main"
//!   node_role_arn = "arn:aws:iam::123456789012:role/node"
//!   subnet_ids    = ["subnet-1", "subnet-2"]
//!
//!   scaling_config {
//!     desired_size = 1
//!     max_size     = 2
//!     min_size     = 1
//!   }
//!
//!   remote_access {
//!     ec2_ssh_key = "ada"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_eks_node_group" "web" {
//!   cluster_name  = "main"
//!   node_role_arn = "arn:aws:iam::123456789012:role/node"
//!   subnet_ids    = ["subnet-1", "subnet-2"]
//!
//!   scaling_config {
//!     desired_size = 1
//!     max_size     = 2
//!     min_size     = 1
//!   }
//!
//!   remote_access {
//!     ec2_ssh_key               = "ada"
//!     source_security_group_ids = ["sg-1"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_eks_node_group" "web" {
//!   cluster_name  = "main"
//!   node_role_arn = "arn:aws:iam::123456789012:role/node"
//!   subnet_ids    = ["subnet-1", "subnet-2"]
//!
//!   scaling_config {
//!     desired_size = 1
//!     max_size     = 2
//!     min_size     = 1
//!   }
//!
//!   remote_access {
//!     ec2_ssh_key               = "ada"
//!     source_security_group_ids = var.items
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EKS005",
    name: "open-node-ssh",
    severity: Severity::High,
    resources: &["aws_eks_node_group"],
    aliases: &["CKV_AWS_100", "ba40ace1-a047-483c-8a8d-bc2d3a67a82d"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/eks_node_group",
    ],
};

/// Judges a node group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let key = it.is_set("remote_access.ec2_ssh_key");
    let from = it.is_set("remote_access.source_security_group_ids");
    check.require(
        from.or_else(!key),
        "the world may log in to nodes",
        "it is said who may log in to nodes",
    );
}
