//! # An ACL lets everybody write
//!
//! The ACL lets everybody, or everybody with an AWS account, write objects or change the ACL.
//!
//! **Why.** Strangers replace what others download, fill the bucket at your cost, and take the rest of the rights.
//!
//! **Fix.** Use `private`, better no ACL at all, and let people in by policy.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!   acl    = "public-read-write"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!   acl    = "public-read"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "acl" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!   acl    = var.acl
//! }
//! ```

use super::public_acl::{acls, forbid};
use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3007",
    name: "public-write-acl",
    severity: Severity::Critical,
    resources: &["aws_s3_bucket", "aws_s3_bucket_acl"],
    aliases: &[
        "CKV_AWS_57",
        "AC_AWS_0213",
        "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
        "64a222aa-7793-4e40-915f-4b302c76e4d4",
    ],
    controls: &[("FSBP", "S3.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-3"],
};

/// Judges a bucket or its ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for acl in acls(it, check) {
        forbid(
            &acl,
            check,
            &["public-read-write"],
            &["WRITE", "WRITE_ACP", "FULL_CONTROL"],
            ("strangers may write to the bucket or its ACL", "strangers may write to the bucket"),
        );
    }
}
