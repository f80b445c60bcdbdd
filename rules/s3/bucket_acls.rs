//! # A bucket has ACLs
//!
//! The bucket's objects may have ACLs of their own.
//!
//! **Why.** Rights are then spread over as many places as there are objects, and an object of another account is not even
//! yours.
//!
//! **Fix.** Set `object_ownership = "BucketOwnerEnforced"`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_ownership_controls" "site" {
//!   bucket = "site"
//!
//!   rule {
//!     object_ownership = "BucketOwnerPreferred"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_ownership_controls" "site" {
//!   bucket = "site"
//!
//!   rule {
//!     object_ownership = "BucketOwnerEnforced"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "ownership" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket_ownership_controls" "site" {
//!   bucket = "site"
//!
//!   rule {
//!     object_ownership = var.ownership
//!   }
//! }
//! ```
//!
//! **Limits.** A bucket without ownership controls is enforced since April 2023, and passes.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3008",
    name: "bucket-acls",
    severity: Severity::Low,
    resources: &["aws_s3_bucket_ownership_controls"],
    aliases: &["CKV2_AWS_65"],
    controls: &[("FSBP", "S3.12")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12"],
};

/// Judges ownership controls.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let enforced =
        it.text("rule.object_ownership").is(|ownership| ownership == "BucketOwnerEnforced");
    check.require(
        enforced,
        "objects may have ACLs of their own",
        "objects may have ACLs of their own",
    );
}
