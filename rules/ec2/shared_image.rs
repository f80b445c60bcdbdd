//! # An image is shared
//!
//! The permission lets another account, or everybody, start the image.
//!
//! **Why.** An image holds all that was on the disk when it was made.
//!
//! **Fix.** Share with an organisation by `organization_arn`, and never with `group = "all"`.
//!
//! ```hcl,fail
//! resource "aws_ami_launch_permission" "web" {
//!   image_id = "ami-1"
//!   group    = "all"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ami_launch_permission" "web" {
//!   image_id         = "ami-1"
//!   organization_arn = "arn:aws:organizations::123456789012:organization/o-1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_ami_launch_permission" "web" {
//!   image_id = "ami-1"
//!   group    = var.group
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2011",
    name: "shared-image",
    severity: Severity::Medium,
    resources: &["aws_ami_launch_permission"],
    aliases: &["CKV_AWS_205", "ba4e0031-3e9d-4d7d-b0d6-bd8f003f8698", "AC_AWS_0006"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ami_launch_permission",
    ],
};

/// Judges a permission.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let all = it.text("group").is(|group| group == "all");
    check.require(
        !all.or_else(it.is_set("account_id")),
        "the image is shared",
        "the image is shared",
    );
}
