//! # A security group does not say what it is for
//!
//! The group, or one of its rules, has no description.
//!
//! **Why.** In a year nobody dares to close what nobody can explain.
//!
//! **Fix.** Write `description` on the group and on each rule.
//!
//! ```hcl,fail
//! resource "aws_security_group" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_security_group" "web" {
//!   description = "The web servers"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "purpose" {
//!   type = string
//! }
//!
//! resource "aws_security_group" "web" {
//!   description = var.purpose
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::Part;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC018",
    name: "group-description",
    severity: Severity::Low,
    resources: &[
        "aws_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_egress_rule",
        "aws_elasticache_security_group",
    ],
    aliases: &[
        "CKV_AWS_23",
        "AVD-AWS-0099",
        "aws-ec2-add-description-to-security-group",
        "aws-vpc-add-description-to-security-group",
        "AVD-AWS-0124",
        "aws-ec2-add-description-to-security-group-rule",
        "aws-vpc-add-description-to-security-group-rule",
        "cb3f5ed6-0d18-40de-a93d-b3538db31e8c",
        "68eb4bf3-f9bf-463d-b5cf-e029bb446d2e",
        "SECURITY_GROUP_DESCRIPTION_RULE",
        "AVD-AWS-0049",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
    ],
};

/// Judges a group or rule.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let said = |part: &Part<'a>| {
        part.text("description")
            .is(|text| !text.trim().is_empty() && text != "Managed by Terraform")
    };
    check.require(said(it), "nobody says what it is for", "somebody says what it is for");
    for direction in ["ingress", "egress"] {
        if it.ty() == "aws_security_group" && model::is_written(it.resource, direction) {
            for rule in check.blocks(it, direction) {
                check.require(
                    said(&rule),
                    "nobody says what the rule is for",
                    "somebody says what the rule is for",
                );
            }
        }
    }
}
