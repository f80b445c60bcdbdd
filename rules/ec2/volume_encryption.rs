//! # A volume is not encrypted
//!
//! The EBS volume keeps its data in plain text.
//!
//! **Why.** A snapshot that is shared by mistake, or a stolen session, shows all of it.
//!
//! **Fix.** Set `encrypted = true`, or turn encryption by default on with `aws_ebs_encryption_by_default`.
//!
//! ```hcl,fail
//! resource "aws_ebs_volume" "data" {
//!   availability_zone = "eu-west-3a"
//!   size              = 10
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ebs_volume" "data" {
//!   availability_zone = "eu-west-3a"
//!   size              = 10
//!   encrypted         = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_ebs_volume" "data" {
//!   availability_zone = "eu-west-3a"
//!   size              = 10
//!   encrypted         = var.on
//! }
//! ```
//!
//! **Limits.** Encryption by default that was turned on outside the stack is not seen.

use check::{Check, Fix, Instance, Meta, Severity, Want};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EBS001",
    name: "volume-encryption",
    severity: Severity::High,
    resources: &["aws_ebs_volume"],
    aliases: &[
        "CKV_AWS_3",
        "AVD-AWS-0026",
        "aws-ebs-enable-volume-encryption",
        "aws-ec2-enable-volume-encryption",
        "cc997676-481b-4e93-aa81-d19f8c5e9b12",
        "AC_AWS_0460",
        "ENCRYPTED_VOLUMES",
        "CKV2_AWS_2",
    ],
    controls: &[("FSBP", "EC2.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-3"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("encrypt the volume", &[Want::set("encrypted", "true")]);

/// Judges a volume.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let by_default = Instance::all(check.model(), "aws_ebs_encryption_by_default").next();
    let by_default = by_default.map_or(At::certain(false), |it| it.flag("enabled").or(true));
    let encrypted = it.flag("encrypted").or_else(it.is_set("snapshot_id").and(At::certain(false)));
    check.require(
        encrypted.or_else(by_default),
        "the volume is not encrypted",
        "the volume is encrypted",
    );
}
