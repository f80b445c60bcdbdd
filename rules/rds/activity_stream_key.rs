//! # An activity stream has no key of your own
//!
//! The stream is encrypted with the key that AWS keeps.
//!
//! **Why.** The stream holds every statement with its data.
//!
//! **Fix.** Set `kms_key_id` to a key of your own.
//!
//! ```hcl,fail
//! resource "aws_rds_cluster_activity_stream" "main" {
//!   resource_arn = "arn:aws:rds:eu-west-3:123456789012:cluster:main"
//!   mode         = "async"
//!   kms_key_id   = "alias/aws/rds"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_rds_cluster_activity_stream" "main" {
//!   resource_arn = "arn:aws:rds:eu-west-3:123456789012:cluster:main"
//!   mode         = "async"
//!   kms_key_id   = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_rds_cluster_activity_stream" "main" {
//!   resource_arn = "arn:aws:rds:eu-west-3:123456789012:cluster:main"
//!   mode         = "async"
//!   kms_key_id   = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS012",
    name: "activity-stream-key",
    severity: Severity::Low,
    resources: &["aws_rds_cluster_activity_stream"],
    aliases: &["CKV_AWS_246"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/rds_cluster_activity_stream",
    ],
};

/// Judges a stream.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        check.own_key(it.text("kms_key_id")),
        "the stream has no key of your own",
        "the stream has a key of your own",
    );
}
