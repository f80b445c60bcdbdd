//! # A snapshot is not encrypted
//!
//! The copy of a snapshot names no KMS key, or the snapshot's cluster is in plain text.
//!
//! **Why.** A snapshot holds the whole database, and is easily shared.
//!
//! **Fix.** Set `kms_key_id` on the copy, and `storage_encrypted` on the cluster.
//!
//! ```hcl,fail
//! resource "aws_db_snapshot_copy" "main" {
//!   source_db_snapshot_identifier = "main"
//!   target_db_snapshot_identifier = "copy"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_snapshot_copy" "main" {
//!   source_db_snapshot_identifier = "main"
//!   target_db_snapshot_identifier = "copy"
//!   kms_key_id                    = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_db_snapshot_copy" "main" {
//!   source_db_snapshot_identifier = "main"
//!   target_db_snapshot_identifier = "copy"
//!   kms_key_id                    = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS009",
    name: "snapshot-encryption",
    severity: Severity::High,
    resources: &["aws_db_cluster_snapshot", "aws_db_snapshot_copy"],
    aliases: &["CKV_AWS_146", "CKV_AWS_266"],
    controls: &[("FSBP", "RDS.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-4"],
};

/// Judges a snapshot.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_db_snapshot_copy" {
        let own = it.is_set("kms_key_id");
        check.require(
            own,
            "the snapshot's copy is not encrypted with a key of your own",
            "the copy is encrypted",
        );
    } else {
        let told = it.flag("storage_encrypted").is_null_or(|encrypted| encrypted);
        check.require(told, "the snapshot is not encrypted", "the snapshot is encrypted");
    }
}
