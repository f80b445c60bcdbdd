//! # Requests to a bucket are not logged
//!
//! The bucket writes no server access log.
//!
//! **Why.** After a leak nobody can say what was read, and by whom. For the bucket that holds an audit trail it matters most.
//!
//! **Fix.** Add an `aws_s3_bucket_logging` for the bucket that writes to another bucket.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_logging" "site" {
//!   bucket        = aws_s3_bucket.site.id
//!   target_bucket = "logs"
//!   target_prefix = "site/"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "bucket" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket" "site" {
//!   bucket = "site"
//! }
//!
//! resource "aws_s3_bucket_logging" "site" {
//!   bucket        = var.bucket
//!   target_bucket = "logs"
//!   target_prefix = "site/"
//! }
//! ```
//!
//! **Limits.** Data events of CloudTrail serve the same end and are not seen here. A bucket that takes logs is not judged:
//! logging it too would never end.

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr, Part, PolicyDocument};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3004",
    name: "bucket-logging",
    severity: Severity::Low,
    resources: &["aws_s3_bucket"],
    aliases: &[
        "CKV_AWS_18",
        "AVD-AWS-0089",
        "aws-s3-enable-logging",
        "f861041c-8c9f-4156-acfc-5e6e524f5884",
        "AC_AWS_0497",
        "S3_BUCKET_LOGGING_ENABLED",
        "AVD-AWS-0163",
        "aws-cloudtrail-require-bucket-access-logging",
        "ee9e50e8-b2ed-4176-ad42-8fc0cf7593f4",
    ],
    controls: &[("FSBP", "S3.9")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9"],
};

/// True for a bucket that takes logs of S3: as a target, by its ACL, or by its policy.
pub(crate) fn takes_logs<'a>(it: &Instance<'a>, check: &Check<'a>) -> bool {
    let delivery = |part: &Part<'a>| {
        let canned = part.text("acl").is(|acl| acl == "log-delivery-write");
        let granted = part
            .text("access_control_policy.grant.grantee.uri")
            .is(|uri| uri.ends_with("/LogDelivery"));
        canned.or_else(granted)
    };
    let allowed = |policy: &Instance<'a>| {
        policy.get::<PolicyDocument<'a>>("policy").is(|document| {
            let statements = document.statements.iter().filter_map(Attr::known);
            let mut principals =
                statements.flat_map(|statement| statement.principals.known().into_iter().flatten());
            principals.any(|principal| {
                principal.id.known().is_some_and(|id| id == "logging.s3.amazonaws.com")
            })
        })
    };
    let target = check.companions(it, "aws_s3_bucket_logging", "target_bucket").exist();
    let inline = check.companions(it, "aws_s3_bucket", "logging.target_bucket").exist();
    let acl = check.companions(it, "aws_s3_bucket_acl", "bucket").any(|acl| delivery(acl));
    let policy = check.companions(it, "aws_s3_bucket_policy", "bucket").any(allowed);
    [target, inline, acl, policy, delivery(it)].iter().any(At::is_true)
}

/// Judges a bucket.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if takes_logs(it, check) {
        return;
    }
    let logs = check.companions(it, "aws_s3_bucket_logging", "bucket");
    let logged = it.is_set("logging").or_else(logs.exist());
    check.require(
        logged,
        "requests to the bucket are not logged",
        "requests to the bucket are logged",
    );
}
