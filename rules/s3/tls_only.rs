//! # A bucket answers without TLS
//!
//! The bucket policy does not deny requests that come over plain HTTP.
//!
//! **Why.** Whoever sits on the way reads and changes what is sent.
//!
//! **Fix.** Add a statement that denies `s3:*` to `*` when `aws:SecureTransport` is `false`.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "s3:GetObject"
//!       Resource  = "arn:aws:s3:::site/*"
//!       Principal = { AWS = "arn:aws:iam::123456789012:role/web" }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Deny"
//!       Action    = "s3:*"
//!       Resource  = ["arn:aws:s3:::site", "arn:aws:s3:::site/*"]
//!       Principal = "*"
//!       Condition = { Bool = { "aws:SecureTransport" = "false" } }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = var.policy
//! }
//! ```
//!
//! **Limits.** A bucket without a policy is not judged here: only who signs a request gets in, and the SDKs use TLS.

use check::{Check, Instance, Meta, Severity};
use model::{Attr, PolicyDocument, Statement};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3014",
    name: "tls-only",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket_policy"],
    aliases: &[
        "CKV_AWS_379",
        "4bc4dd4c-7d8d-405e-a0fb-57fa4c31b4d9",
        "S3_BUCKET_SSL_REQUESTS_ONLY",
    ],
    controls: &[("FSBP", "S3.5")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5"],
};

/// Judges a bucket policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let policy = it.get::<PolicyDocument<'_>>("policy");
    let document = match &policy.attr {
        Attr::Known(document, _) => document,
        Attr::Null(_) => return,
        Attr::Unknown(value) => {
            check.unknown(value, policy.path, "it is not known whether plain HTTP is denied");
            return;
        }
    };
    let holds = |operator: &str, wanted: &str, statement: &Statement<'a>| {
        let mut conditions = statement.conditions.known().into_iter().flatten();
        conditions.any(|condition| {
            condition.operator.eq_ignore_ascii_case(operator)
                && condition.key.eq_ignore_ascii_case("aws:SecureTransport")
                && condition
                    .values
                    .elements()
                    .iter()
                    .any(|value| value.known().is_some_and(|text| text == wanted))
        })
    };
    let mut statements = document.statements.iter().filter_map(Attr::known);
    let denied = statements.any(|statement| match statement.allows() {
        Some(false) => {
            holds("Bool", "false", statement) || holds("BoolIfExists", "false", statement)
        }
        _ => holds("Bool", "true", statement),
    });
    if denied {
        return;
    }
    match document.statements.iter().find(|statement| statement.is_unknown()) {
        Some(open) => {
            check.unknown(
                open.value(),
                policy.path,
                "it is not known whether plain HTTP is denied",
            );
        }
        None => {
            check.fail(policy.attr.value(), policy.path, "requests over plain HTTP are not denied");
        }
    }
}
