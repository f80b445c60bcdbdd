//! # Replicated backups are not encrypted with a key of your own
//!
//! The copies in the other region name no KMS key.
//!
//! **Why.** There is no second lock, and no key to take away.
//!
//! **Fix.** Set `kms_key_id` to a key of the region the backups go to.
//!
//! ```hcl,fail
//! resource "aws_db_instance_automated_backups_replication" "main" {
//!   source_db_instance_arn = "arn:aws:rds:eu-west-1:123456789012:db:main"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance_automated_backups_replication" "main" {
//!   source_db_instance_arn = "arn:aws:rds:eu-west-1:123456789012:db:main"
//!   kms_key_id             = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_db_instance_automated_backups_replication" "main" {
//!   source_db_instance_arn = "arn:aws:rds:eu-west-1:123456789012:db:main"
//!   kms_key_id             = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS011",
    name: "replicated-backup-key",
    severity: Severity::Low,
    resources: &["aws_db_instance_automated_backups_replication"],
    aliases: &["CKV_AWS_245"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance_automated_backups_replication",
    ],
};

/// Judges a replication.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        check.own_key(it.text("kms_key_id")),
        "replicated backups have no key of your own",
        "replicated backups have a key of your own",
    );
}
