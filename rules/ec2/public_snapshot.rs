//! # A snapshot is shared with everybody
//!
//! The permission lets everybody (`all`) make a volume of the snapshot.
//!
//! **Why.** The whole disk, passwords and all, is public.
//!
//! **Fix.** Name an account in `account_id`.
//!
//! ```hcl,fail
//! resource "aws_snapshot_create_volume_permission" "data" {
//!   snapshot_id = "snap-1"
//!   account_id  = "all"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_snapshot_create_volume_permission" "data" {
//!   snapshot_id = "snap-1"
//!   account_id  = "123456789012"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "account" {
//!   type = string
//! }
//!
//! resource "aws_snapshot_create_volume_permission" "data" {
//!   snapshot_id = "snap-1"
//!   account_id  = var.account
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EBS005",
    name: "public-snapshot",
    severity: Severity::Critical,
    resources: &["aws_snapshot_create_volume_permission"],
    aliases: &[],
    controls: &[("FSBP", "EC2.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-1"],
};

/// Judges a permission.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let all = it.text("account_id").is(|account| account == "all");
    check.require(
        !all,
        "the snapshot is shared with everybody",
        "the snapshot is shared with everybody",
    );
}
