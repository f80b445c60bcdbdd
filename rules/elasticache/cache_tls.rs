//! # A cache talks without TLS
//!
//! Clients and nodes talk in plain text.
//!
//! **Why.** Whoever sits on the way reads sessions and tokens.
//!
//! **Fix.** Set `transit_encryption_enabled = true`.
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
//!   transit_encryption_enabled = true
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
//!   transit_encryption_enabled = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC002",
    name: "cache-tls",
    severity: Severity::High,
    resources: &["aws_elasticache_replication_group"],
    aliases: &[
        "CKV_AWS_30",
        "AVD-AWS-0051",
        "aws-elasticache-enable-in-transit-encryption",
        "1afbb3fa-cf6c-4a3d-b730-95e9f4df343e",
        "AC_AWS_0467",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT",
    ],
    controls: &[("FSBP", "ElastiCache.5")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-5",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("talk TLS", &[Want::set("transit_encryption_enabled", "true")]);

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("transit_encryption_enabled"),
        "the cache talks without TLS",
        "the cache talks TLS",
    );
}
