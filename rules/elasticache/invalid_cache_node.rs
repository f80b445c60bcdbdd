//! # There is no such node type
//!
//! The node type is written as none is: `cache.`, a family, a dot, a size.
//!
//! **Why.** The apply fails half way.
//!
//! **Fix.** Write a type such as `cache.t4g.micro`.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   num_cache_nodes = 1
//!   node_type       = "t4g.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   num_cache_nodes = 1
//!   node_type       = "cache.t4g.micro"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "node" {
//!   type = string
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   num_cache_nodes = 1
//!   node_type       = var.node
//! }
//! ```

use crate::rds::invalid_class::SIZES;
use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC013",
    name: "invalid-cache-node",
    severity: Severity::High,
    resources: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    aliases: &[
        "aws_elasticache_cluster_invalid_type",
        "aws_elasticache_replication_group_invalid_type",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/elasticache_cluster",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let right = it.text("node_type").is_null_or(|node| {
        let parts: Vec<&str> = node.split('.').collect();
        matches!(parts.as_slice(), ["cache", family, size] if !family.is_empty() && SIZES.contains(size))
    });
    check.require(right, "there is no such node type", "there is such a node type");
}
