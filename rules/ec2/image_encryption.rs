//! # An image is not encrypted
//!
//! The image's disks, or the copy, are in plain text or use the key that AWS keeps.
//!
//! **Why.** Every instance that is started from it begins with what stands in the image.
//!
//! **Fix.** Set `encrypted = true` (and `kms_key_id` for a copy).
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
    code: "EC2010",
    name: "image-encryption",
    severity: Severity::Medium,
    resources: &["aws_ami", "aws_ami_copy"],
    aliases: &[
        "CKV_AWS_204",
        "CKV_AWS_235",
        "CKV_AWS_236",
        "8bbb242f-6e38-4127-86d4-d8f0b2687ae2",
        "AC_AWS_0005",
    ],
    controls: &[],
    since: "0.1.0",
    links: &["https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ami"],
};

/// Judges an image.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the image is not encrypted";
    const WHETHER: &str = "the image is encrypted";
    if it.ty() == "aws_ami_copy" {
        check.require(it.flag("encrypted"), WRONG, WHETHER);
        check.require(
            check.own_key(it.text("kms_key_id")),
            "the image is not encrypted with a key of your own",
            "the image has a key of your own",
        );
        return;
    }
    for disk in check.blocks(it, "ebs_block_device") {
        let from_snapshot = disk.is_set("snapshot_id");
        check.require(disk.flag("encrypted").or_else(from_snapshot), WRONG, WHETHER);
    }
}
