//! # A cache misses repairs
//!
//! New minor versions are not installed by themselves.
//!
//! **Why.** Holes that are known and mended stay open.
//!
//! **Fix.** Leave `auto_minor_version_upgrade` out, or set it to `true`.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id                 = "main"
//!   engine                     = "redis"
//!   node_type                  = "cache.t4g.micro"
//!   num_cache_nodes            = 1
//!   auto_minor_version_upgrade = false
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id      = "main"
//!   engine          = "redis"
//!   node_type       = "cache.t4g.micro"
//!   num_cache_nodes = 1
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id                 = "main"
//!   engine                     = "redis"
//!   node_type                  = "cache.t4g.micro"
//!   num_cache_nodes            = 1
//!   auto_minor_version_upgrade = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC006",
    name: "cache-upgrades",
    severity: Severity::Low,
    resources: &["aws_elasticache_cluster"],
    aliases: &["CKV_AWS_322"],
    controls: &[("FSBP", "ElastiCache.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-2",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("install repairs", &[Want::set("auto_minor_version_upgrade", "true")]);

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("auto_minor_version_upgrade").or(true),
        "the cache misses repairs",
        "repairs are installed",
    );
}
