//! # A cache stands in the default network
//!
//! The cache names no subnet group, or the default one.
//!
//! **Why.** It stands in the default VPC, whose subnets are public.
//!
//! **Fix.** Make an `aws_elasticache_subnet_group` and name it.
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
//!   cluster_id        = "main"
//!   engine            = "redis"
//!   node_type         = "cache.t4g.micro"
//!   num_cache_nodes   = 1
//!   subnet_group_name = "main"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id        = "main"
//!   engine            = "redis"
//!   node_type         = "cache.t4g.micro"
//!   num_cache_nodes   = 1
//!   subnet_group_name = var.group
//! }
//! ```
//!
//! **Limits.** A node that belongs to a replication group follows it, and is not judged.

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};
use stack::Origin;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC007",
    name: "cache-network",
    severity: Severity::Low,
    resources: &["aws_elasticache_cluster"],
    aliases: &["CKV_AWS_323", "8c849af7-a399-46f7-a34c-32d3dc96f1fc"],
    controls: &[("FSBP", "ElastiCache.7")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-7",
    ],
};

/// Whether the group is another resource's name, which no value tells yet but is not `default`.
fn names_resource<'a>(it: &Instance<'a>) -> At<'a, bool> {
    let group = it.text("subnet_group_name");
    let value = group.attr.value();
    let referred =
        value.as_unknown().is_some_and(|unknown| matches!(unknown.origin, Origin::Resource { .. }));
    At { path: group.path, attr: Attr::Known(referred, value) }
}

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let member = it.is_set("replication_group_id");
    let own = it.is_set("subnet_group_name").and(
        it.text("subnet_group_name").is(|group| group != "default").or_else(names_resource(it)),
    );
    check.require(
        own.or_else(member),
        "the cache stands in the default network",
        "the cache stands in a network of yours",
    );
}
