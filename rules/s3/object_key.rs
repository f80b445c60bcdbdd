//! # An object is not encrypted with a key of your own
//!
//! The object names no KMS key.
//!
//! **Why.** Who may read the bucket may read the object: there is no second lock, and no key to take away.
//!
//! **Fix.** Set `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_s3_object" "page" {
//!   bucket  = "site"
//!   key     = "index.html"
//!   content = "hello"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_object" "page" {
//!   bucket     = "site"
//!   key        = "index.html"
//!   content    = "hello"
//!   kms_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_s3_object" "page" {
//!   bucket     = "site"
//!   key        = "index.html"
//!   content    = "hello"
//!   kms_key_id = var.key
//! }
//! ```
//!
//! **Limits.** The bucket's own default key is used when there is one; this rule looks at the object alone.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3020",
    name: "object-key",
    severity: Severity::Low,
    resources: &["aws_s3_object", "aws_s3_object_copy", "aws_s3_bucket_object"],
    aliases: &["CKV_AWS_186", "CKV_AWS_181", "5fb49a69-8d46-4495-a2f8-9c8c622b2b6e", "AC_AWS_0498"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_object",
    ],
};

/// Judges an object.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(own, "the object names no key of your own", "the object has a key of your own");
}
