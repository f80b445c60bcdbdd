//! # An instance's disk is not encrypted
//!
//! The root volume, or another one that comes with the instance, keeps its data in plain text.
//!
//! **Why.** A snapshot that is shared by mistake, or a stolen session, shows all of it.
//!
//! **Fix.** Set `encrypted = true` in `root_block_device` and each `ebs_block_device`.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   root_block_device {
//!     encrypted = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   root_block_device {
//!     encrypted = var.on
//!   }
//! }
//! ```
//!
//! **Limits.** A disk that is not written follows the image and the region's default: without a word on the root disk the rule
//! fails.

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2001",
    name: "disk-encryption",
    severity: Severity::High,
    resources: &["aws_instance", "aws_launch_configuration"],
    aliases: &[
        "CKV_AWS_8",
        "AVD-AWS-0131",
        "aws-ec2-enable-at-rest-encryption",
        "AVD-AWS-0008",
        "aws-ec2-enable-launch-config-at-rest-encryption",
        "aws-ec2-no-sensitive-info",
        "4de9de27-254e-424f-bd70-4c1e95790838",
        "AC_AWS_0167",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "encrypt the disk",
    &[Want::own("encrypted", "true"), Want::missing("root_block_device.encrypted", "true")],
);

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WHETHER: &str = "the disk is encrypted";
    let by_default = Instance::all(check.model(), "aws_ebs_encryption_by_default").next();
    let by_default = by_default.map_or(At::certain(false), |it| it.flag("enabled").or(true));
    if by_default.is_true() {
        return;
    }
    let root =
        it.flag("root_block_device.encrypted").or_else(it.is_set("root_block_device.snapshot_id"));
    check.require(root.or_else(by_default.clone()), "the root disk is not encrypted", WHETHER);
    for disk in check.blocks(it, "ebs_block_device") {
        let from_snapshot = disk.is_set("snapshot_id");
        let encrypted = disk.flag("encrypted").or_else(from_snapshot);
        check.require(encrypted.or_else(by_default.clone()), "the disk is not encrypted", WHETHER);
    }
}
