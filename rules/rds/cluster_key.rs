//! # A cluster is not encrypted with a key of your own
//!
//! The cluster uses the key that AWS keeps for RDS.
//!
//! **Why.** There is no second lock, and a snapshot cannot be shared with another account.
//!
//! **Fix.** Set `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_rds_cluster" "main" {
//!   engine            = "aurora-postgresql"
//!   storage_encrypted = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_rds_cluster" "main" {
//!   engine            = "aurora-postgresql"
//!   storage_encrypted = true
//!   kms_key_id        = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_rds_cluster" "main" {
//!   engine            = "aurora-postgresql"
//!   storage_encrypted = true
//!   kms_key_id        = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS002",
    name: "cluster-key",
    severity: Severity::Low,
    resources: &["aws_rds_cluster"],
    aliases: &["CKV_AWS_327"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/rds_cluster",
    ],
};

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(
        own,
        "the cluster is not encrypted with a key of your own",
        "the cluster has a key of your own",
    );
}
