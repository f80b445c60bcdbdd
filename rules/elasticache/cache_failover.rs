//! # A cache does not survive its primary node
//!
//! Automatic failover is off.
//!
//! **Why.** When the primary node or its zone fails, writes fail until somebody acts.
//!
//! **Fix.** Set `automatic_failover_enabled = true`, `multi_az_enabled = true` and two nodes or more.
//!
//! ```hcl,fail
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id = "main"
//!   description          = "main"
//!   num_cache_clusters   = 2
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id       = "main"
//!   description                = "main"
//!   num_cache_clusters         = 2
//!   automatic_failover_enabled = true
//!   multi_az_enabled           = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id       = "main"
//!   description                = "main"
//!   num_cache_clusters         = 2
//!   automatic_failover_enabled = var.on
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC008",
    name: "cache-failover",
    severity: Severity::Medium,
    resources: &["aws_elasticache_replication_group"],
    aliases: &["CKV2_AWS_50", "6db03a91-f933-4f13-ab38-a8b87a7de54d", "AC_AWS_0104"],
    controls: &[("FSBP", "ElastiCache.3")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-3",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let failover = it.flag("automatic_failover_enabled");
    check.require(
        failover,
        "the cache does not survive its primary node",
        "the cache survives its primary node",
    );
}
