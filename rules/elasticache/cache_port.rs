//! # A cache listens where everybody looks
//!
//! The cache listens on its engine's usual port.
//!
//! **Why.** Whoever gets into the network finds it at once. It is a small hurdle, not a wall.
//!
//! **Fix.** Set `port` to another one.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//!   port            = 6379
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//!   port            = 7000
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "port" {
//!   type = number
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//!   port            = var.port
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC010",
    name: "cache-port",
    severity: Severity::Low,
    resources: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    aliases: &["5d89db57-8b51-4b38-bb76-b9bd42bd40f0"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/elasticache_cluster",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let member =
        it.is_set("replication_group_id").and(At::certain(it.ty() == "aws_elasticache_cluster"));
    let usual = it.number("port").is_null_or(|port| matches!(port, 6379 | 11211));
    check.require(
        (!usual).or_else(member),
        "the cache listens on the usual port",
        "the cache listens on the usual port",
    );
}
