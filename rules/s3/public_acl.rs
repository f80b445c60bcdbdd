//! # An ACL lets everybody in
//!
//! The ACL grants rights to everybody (`AllUsers`), or to everybody who has an AWS account (`AuthenticatedUsers`).
//!
//! **Why.** Whoever guesses the name lists the bucket, reads it, or writes to it. An AWS account takes five minutes to open.
//!
//! **Fix.** Use `private`, better no ACL at all (`object_ownership = "BucketOwnerEnforced"`), and let people in by policy.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!   acl    = "public-read"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!   acl    = "private"
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
//!
//! **Limits.** A public access block may make the ACL ineffective; the ACL is wrong all the same. Writing is
//! `public-write-acl`'s.

use check::{Check, Instance, Meta, Severity};
use model::Part;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3006",
    name: "public-acl",
    severity: Severity::High,
    resources: &["aws_s3_bucket", "aws_s3_bucket_acl"],
    aliases: &[
        "CKV_AWS_20",
        "AVD-AWS-0092",
        "aws-s3-no-public-access-with-acl",
        "38c5ee0d-7f22-4260-ab72-5073048df100",
        "AC_AWS_0210",
        "AC_AWS_0211",
        "AC_AWS_0212",
        "S3_BUCKET_NO_PUBLIC_RW_ACL",
        "S3_BUCKET_PUBLIC_READ_ACL",
        "S3_BUCKET_PUBLIC_READ_PROHIBITED",
        "CKV2_AWS_43",
        "57b9893d-33b1-4419-bcea-a717ea87e139",
        "d4e5f6g7-h8i9-0jkl-1234-mn567opq8901",
        "AC_AWS_0215",
        "64a222aa-7793-4e40-915f-4b302c76e4d4",
        "bf878b1a-7418-4de3-b13c-3a86cf894920",
        "AC_AWS_0496",
        "bd0088a5-c133-4b20-b129-ec9968b16ef3",
    ],
    controls: &[("FSBP", "S3.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-2"],
};

/// The groups that stand for strangers; log delivery is AWS itself.
const STRANGERS: [&str; 2] = ["/AllUsers", "/AuthenticatedUsers"];

/// A bucket with its ACLs; an ACL by itself only when its bucket is not of this stack.
pub(crate) fn acls<'a>(it: &Instance<'a>, check: &Check<'a>) -> Vec<Instance<'a>> {
    if it.ty() == "aws_s3_bucket" {
        let mut acls = check.companions(it, "aws_s3_bucket_acl", "bucket").found;
        acls.push(it.clone());
        return acls;
    }
    let bucket = it.text("bucket").attr.value();
    let mut buckets = Instance::all(check.model(), "aws_s3_bucket");
    let here =
        buckets.any(|other| check.model().points(bucket, it.resource, other.id) == Some(true));
    if here { Vec::new() } else { vec![it.clone()] }
}

/// Forbids what a grant must not give strangers, and the canned ACLs that do.
pub(crate) fn forbid<'a>(
    it: &Instance<'a>,
    check: &mut Check<'a>,
    canned: &[&str],
    rights: &[&str],
    (wrong, whether): (&str, &str),
) {
    check.require(!it.text("acl").is(|acl| canned.contains(&acl)), wrong, whether);
    let to_strangers = |part: &Part<'a>, group: &str| {
        part.text(group).is(|uri| STRANGERS.iter().any(|stranger| uri.ends_with(stranger)))
    };
    for grant in check.blocks(it, "grant") {
        let given = grant.one_of("permissions", rights);
        check.require(!to_strangers(&grant, "uri").and(given), wrong, whether);
    }
    for grant in check.blocks(it, "access_control_policy.grant") {
        let given = grant.text("permission").is(|right| rights.contains(&right));
        check.require(!to_strangers(&grant, "grantee.uri").and(given), wrong, whether);
    }
}

/// Judges a bucket or its ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for acl in acls(it, check) {
        forbid(
            &acl,
            check,
            &["public-read", "public-read-write", "authenticated-read", "website"],
            &["READ", "READ_ACP", "FULL_CONTROL"],
            ("strangers may read the bucket or its ACL", "strangers may read the bucket"),
        );
    }
}
