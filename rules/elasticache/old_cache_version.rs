//! # A cache's version has ended
//!
//! The cache runs a version of Redis before 6: no users, no TLS on every path, no repairs.
//!
//! **Why.** Holes stay open.
//!
//! **Fix.** Set `engine_version = "7.1"`, or move to `valkey`.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//!   engine_version  = "5.0.6"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//!   engine_version  = "7.1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "version_of_engine" {
//!   type = string
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//!   engine_version  = var.version_of_engine
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC009",
    name: "old-cache-version",
    severity: Severity::Medium,
    resources: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    aliases: &[
        "254c932d-e3bf-44b2-bc9d-eb5fdb09f8d4",
        "4bd15dd9-8d5e-4008-8532-27eb0c3706d3",
        "AC_AWS_0102",
        "AC_AWS_0103",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/elasticache_cluster",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let memcached = it.text("engine").is(|engine| engine == "memcached");
    let old = it
        .text("engine_version")
        .is(|version| matches!(version.split('.').next(), Some("2" | "3" | "4" | "5")));
    check.require(
        (!old).or_else(memcached),
        "the cache's version has ended",
        "the cache's version has ended",
    );
}
