//! # An access point may be made public
//!
//! The access point's public access block has a switch off.
//!
//! **Why.** An access point has a policy of its own, and its block cannot be changed later.
//!
//! **Fix.** Leave `public_access_block_configuration` out (all on), or set its four switches to `true`.
//!
//! ```hcl,fail
//! resource "aws_s3_access_point" "site" {
//!   bucket = "site"
//!   name   = "site"
//!
//!   public_access_block_configuration {
//!     block_public_policy = false
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_access_point" "site" {
//!   bucket = "site"
//!   name   = "site"
//!
//!   public_access_block_configuration {
//!     block_public_policy = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_s3_access_point" "site" {
//!   bucket = "site"
//!   name   = "site"
//!
//!   public_access_block_configuration {
//!     block_public_policy = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3003",
    name: "access-point-block",
    severity: Severity::Medium,
    resources: &["aws_s3_access_point"],
    aliases: &["CKV_AWS_392"],
    controls: &[("FSBP", "S3.19")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-19"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "keep the access point private",
    &[
        Want::own("block_public_acls", "true"),
        Want::own("block_public_policy", "true"),
        Want::own("ignore_public_acls", "true"),
        Want::own("restrict_public_buckets", "true"),
    ],
);

/// Judges an access point.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for name in [
        "block_public_acls",
        "block_public_policy",
        "ignore_public_acls",
        "restrict_public_buckets",
    ] {
        let on = it.flag(&format!("public_access_block_configuration.{name}")).or(true);
        check.require(
            on,
            "the access point may be made public",
            "the access point may be made public",
        );
    }
}
