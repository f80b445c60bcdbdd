//! # A cache is not encrypted on disk
//!
//! What the cache writes to disk is in plain text: snapshots, and what it swaps out.
//!
//! **Why.** A snapshot that is shared by mistake shows all of it.
//!
//! **Fix.** Set `at_rest_encryption_enabled = true`. It takes a new cache.
//!
//! ```hcl,fail
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id = "main"
//!   description          = "main"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id       = "main"
//!   description                = "main"
//!   at_rest_encryption_enabled = true
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
//!   at_rest_encryption_enabled = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC001",
    name: "cache-encryption",
    severity: Severity::High,
    resources: &["aws_elasticache_replication_group"],
    aliases: &[
        "CKV_AWS_29",
        "AVD-AWS-0045",
        "aws-elasticache-enable-at-rest-encryption",
        "76976de7-c7b1-4f64-a94f-90c1345914c2",
        "AC_AWS_0466",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_AT_REST",
    ],
    controls: &[("FSBP", "ElastiCache.4")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-4",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("encrypt the cache on disk", &[Want::set("at_rest_encryption_enabled", "true")]);

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("at_rest_encryption_enabled"),
        "the cache is not encrypted on disk",
        "the cache is encrypted on disk",
    );
}
