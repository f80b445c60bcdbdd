//! # An image is not encrypted
//!
//! The image's disks, or its copy, are in plain text.
//!
//! **Why.** Every instance that is started from it begins with what stands in the image.
//!
//! **Fix.** Set `encrypted = true`.
//!
//! ```hcl,fail
//! resource "aws_ami_copy" "web" {
//!   name              = "web"
//!   source_ami_id     = "ami-1"
//!   source_ami_region = "eu-west-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ami_copy" "web" {
//!   name              = "web"
//!   source_ami_id     = "ami-1"
//!   source_ami_region = "eu-west-1"
//!   encrypted         = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_ami_copy" "web" {
//!   name              = "web"
//!   source_ami_id     = "ami-1"
//!   source_ami_region = "eu-west-1"
//!   encrypted         = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2010",
    name: "image-encryption",
    severity: Severity::Medium,
    resources: &["aws_ami", "aws_ami_copy"],
    aliases: &["CKV_AWS_204", "CKV_AWS_235", "8bbb242f-6e38-4127-86d4-d8f0b2687ae2", "AC_AWS_0005"],
    controls: &[],
    since: "0.1.0",
    links: &["https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ami"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("encrypt the image", &[Want::beside("encrypted", "true")]);

/// Judges an image.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the image is not encrypted";
    const WHETHER: &str = "the image is encrypted";
    if it.ty() == "aws_ami_copy" {
        check.require(it.flag("encrypted"), WRONG, WHETHER);
        return;
    }
    for disk in check.blocks(it, "ebs_block_device") {
        let from_snapshot = disk.is_set("snapshot_id");
        check.require(disk.flag("encrypted").or_else(from_snapshot), WRONG, WHETHER);
    }
}
