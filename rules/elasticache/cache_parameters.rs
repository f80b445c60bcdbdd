//! # A cache has the default parameter group
//!
//! The cache names the parameter group that AWS makes.
//!
//! **Why.** Nothing in it can be changed: the first setting that you need takes a new group and a restart.
//!
//! **Fix.** Make an `aws_elasticache_parameter_group` and name it.
//!
//! ```hcl,fail
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id           = "main"
//!   engine               = "redis"
//!   node_type            = "cache.t4g.micro"
//!   num_cache_nodes      = 1
//!   parameter_group_name = "default.redis7"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id           = "main"
//!   engine               = "redis"
//!   node_type            = "cache.t4g.micro"
//!   num_cache_nodes      = 1
//!   parameter_group_name = "main"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_elasticache_cluster" "main" {
//!   cluster_id           = "main"
//!   engine               = "redis"
//!   node_type            = "cache.t4g.micro"
//!   num_cache_nodes      = 1
//!   parameter_group_name = var.group
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC011",
    name: "cache-parameters",
    severity: Severity::Low,
    resources: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    aliases: &[
        "aws_elasticache_cluster_default_parameter_group",
        "aws_elasticache_replication_group_default_parameter_group",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/elasticache_cluster",
    ],
};

/// Judges a cache.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let default = it.text("parameter_group_name").is(|group| group.starts_with("default."));
    check.require(
        !default,
        "the cache has the default parameter group",
        "the cache has the default parameter group",
    );
}
