//! # A snapshot is shared with everybody
//!
//! The snapshot is shared with `all`.
//!
//! **Why.** Everybody with an AWS account can restore the whole database.
//!
//! **Fix.** Name the accounts in `shared_accounts`.
//!
//! ```hcl,fail
//! resource "aws_db_snapshot" "main" {
//!   db_instance_identifier = "main"
//!   db_snapshot_identifier = "main"
//!   shared_accounts        = ["all"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_snapshot" "main" {
//!   db_instance_identifier = "main"
//!   db_snapshot_identifier = "main"
//!   shared_accounts        = ["123456789012"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_db_snapshot" "main" {
//!   db_instance_identifier = "main"
//!   db_snapshot_identifier = "main"
//!   shared_accounts        = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS010",
    name: "public-snapshot",
    severity: Severity::Critical,
    resources: &["aws_db_snapshot"],
    aliases: &["CKV_AWS_302", "f0d8781f-1991-4958-9917-d39283b168a0"],
    controls: &[("FSBP", "RDS.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-1"],
};

/// Judges a snapshot.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        !it.one_of("shared_accounts", &["all"]),
        "the snapshot is shared with everybody",
        "the snapshot is shared with everybody",
    );
}
