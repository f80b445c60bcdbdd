//! # The default VPC is in use
//!
//! The stack adopts the VPC that AWS makes in every region.
//!
//! **Why.** Its subnets are public, its default group is wide, and everything that is put somewhere without a thought stands
//! there.
//!
//! **Fix.** Make an `aws_vpc` of your own.
//!
//! ```hcl,fail
//! resource "aws_default_vpc" "main" {}
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_default_vpc" "main" {
//!   count = var.n
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::ABSENT;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC007",
    name: "default-vpc",
    severity: Severity::Medium,
    resources: &["aws_default_vpc", "aws_vpc"],
    aliases: &[
        "CKV_AWS_148",
        "AVD-AWS-0101",
        "aws-ec2-no-default-vpc",
        "aws-vpc-no-default-vpc",
        "96ed3526-0179-4c73-b1b2-372fde2e0d13",
        "AC_AWS_0370",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/default_vpc",
    ],
};

/// Judges the default VPC.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_default_vpc" {
        check.fail(&ABSENT, "", "the default VPC is in use");
    }
}
