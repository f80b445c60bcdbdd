//! # A cache is not encrypted with a key of your own
//!
//! The cache names no KMS key.
//!
//! **Why.** There is no second lock, and no key to take away.
//!
//! **Fix.** Set `kms_key_id`.
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
//!   replication_group_id = "main"
//!   description          = "main"
//!   kms_key_id           = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_elasticache_replication_group" "main" {
//!   replication_group_id = "main"
//!   description          = "main"
//!   kms_key_id           = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC004",
    name: "cache-key",
    severity: Severity::Low,
    resources: &["aws_elasticache_replication_group"],
    aliases: &["CKV_AWS_191"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/elasticache_replication_group",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        check.own_key(it.text("kms_key_id")),
        "the cache has no key of your own",
        "the cache has a key of your own",
    );
}
