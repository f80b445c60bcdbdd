//! # A cache's node type is of a previous generation
//!
//! The node type is one that AWS calls previous generation.
//!
//! **Why.** It costs more for the same work, and new versions do not run on it.
//!
//! **Fix.** Take a current type: `cache.t4g`, `cache.m7g`, `cache.r7g`.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   num_cache_nodes = 1
//!   node_type       = "cache.m3.large"
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

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC012",
    name: "cache-node",
    severity: Severity::Low,
    resources: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    aliases: &[
        "aws_elasticache_cluster_previous_type",
        "aws_elasticache_replication_group_previous_type",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/elasticache_cluster",
    ],
};

/// Families of previous generations.
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html>
const PREVIOUS: [&str; 6] = ["c1", "m1", "m2", "m3", "r3", "t1"];

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let old = it
        .text("node_type")
        .is(|node| node.split('.').nth(1).is_some_and(|family| PREVIOUS.contains(&family)));
    check.require(!old, "the node type is of a previous generation", "the node type is current");
}
