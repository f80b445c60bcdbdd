//! # A copied image is not encrypted with a key of your own
//!
//! The copy names no KMS key.
//!
//! **Why.** There is no second lock, and no key to take away.
//!
//! **Fix.** Set `kms_key_id`.
//!
//! ```hcl,fail
//! resource "aws_ami_copy" "web" {
//!   name              = "web"
//!   source_ami_id     = "ami-1"
//!   source_ami_region = "eu-west-1"
//!   encrypted         = true
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ami_copy" "web" {
//!   name              = "web"
//!   source_ami_id     = "ami-1"
//!   source_ami_region = "eu-west-1"
//!   encrypted         = true
//!   kms_key_id        = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_ami_copy" "web" {
//!   name              = "web"
//!   source_ami_id     = "ami-1"
//!   source_ami_region = "eu-west-1"
//!   encrypted         = true
//!   kms_key_id        = var.key
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2016",
    name: "image-copy-key",
    severity: Severity::Low,
    resources: &["aws_ami_copy"],
    aliases: &["CKV_AWS_236"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ami_copy",
    ],
};

/// Judges a copy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.own_key(it.text("kms_key_id"));
    check.require(
        own,
        "the image is not encrypted with a key of your own",
        "the image has a key of your own",
    );
}
