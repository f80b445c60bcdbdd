//! # A cache asks for no password
//!
//! The cache has neither an auth token nor a user group.
//!
//! **Why.** Whoever gets into the network reads and writes all of it.
//!
//! **Fix.** Set `transit_encryption_enabled = true` and `user_group_ids`, or `auth_token`.
//!
//! ```hcl,fail
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id       = "main"
//!   description                = "main"
//!   transit_encryption_enabled = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id       = "main"
//!   description                = "main"
//!   transit_encryption_enabled = true
//!   user_group_ids             = ["web"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id       = "main"
//!   description                = "main"
//!   transit_encryption_enabled = true
//!   user_group_ids             = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC003",
    name: "cache-password",
    severity: Severity::High,
    resources: &["aws_elasticache_replication_group"],
    aliases: &["CKV_AWS_31"],
    controls: &[("FSBP", "ElastiCache.6")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-6",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let asked = it.is_set("auth_token").or_else(it.is_set("user_group_ids"));
    let tls = it.flag("transit_encryption_enabled");
    check.require(
        asked.and(tls),
        "the cache asks for no password",
        "the cache asks for a password",
    );
}
