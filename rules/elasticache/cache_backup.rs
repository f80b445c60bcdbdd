//! # A cache is not backed up
//!
//! No snapshots of the cache are kept.
//!
//! **Why.** What lives only in the cache is gone with it.
//!
//! **Fix.** Set `snapshot_retention_limit` to a number of days.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id               = "main"
//!   engine                   = "redis"
//!   node_type                = "cache.t4g.micro"
//!   num_cache_nodes          = 1
//!   snapshot_retention_limit = 5
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "days" {
//!   type = number
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id               = "main"
//!   engine                   = "redis"
//!   node_type                = "cache.t4g.micro"
//!   num_cache_nodes          = 1
//!   snapshot_retention_limit = var.days
//! }
//! ```
//!
//! **Limits.** Memcached and `cache.t1` cannot be backed up, and are not judged; nor is a node that belongs to a replication
//! group.

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC005",
    name: "cache-backup",
    severity: Severity::Medium,
    resources: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    aliases: &[
        "CKV_AWS_134",
        "AVD-AWS-0050",
        "aws-elasticache-enable-backup-retention",
        "8fdb08a0-a868-4fdf-9c27-ccab0237f1ab",
    ],
    controls: &[("FSBP", "ElastiCache.1")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-1",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("keep backups for a week", &[Want::set("snapshot_retention_limit", "7")]);

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let memcached = it.text("engine").is(|engine| engine == "memcached");
    let member =
        it.is_set("replication_group_id").and(At::certain(it.ty() == "aws_elasticache_cluster"));
    let kept = it.number("snapshot_retention_limit").is(|days| days > 0);
    let memcached =
        memcached.or_else(it.text("node_type").is(|node| node.starts_with("cache.t1.")));
    check.require(
        kept.or_else(memcached).or_else(member),
        "the cache is not backed up",
        "the cache is backed up",
    );
}
