//! # A group has no users
//!
//! No group membership of the stack names the group.
//!
//! **Why.** Rights that nobody has are rights that somebody gets by mistake.
//!
//! **Fix.** Add an `aws_iam_group_membership`, or delete the group.
//!
//! ```hcl,fail
//! resource "aws_iam_group" "readers" {
//!   name = "readers"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_group" "readers" {
//!   name = "readers"
//! }
//!
//! resource "aws_iam_group_membership" "readers" {
//!   name  = "readers"
//!   group = aws_iam_group.readers.name
//!   users = ["ada"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_iam_group" "readers" {
//!   name = "readers"
//! }
//!
//! resource "aws_iam_group_membership" "readers" {
//!   name  = "readers"
//!   group = var.group
//!   users = ["ada"]
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM019",
    name: "empty-group",
    severity: Severity::Low,
    resources: &["aws_iam_group"],
    aliases: &["CKV2_AWS_14", "fc101ca7-c9dd-4198-a1eb-0fbe92e80044"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_group",
    ],
};

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let members = check.companions(it, "aws_iam_group_membership", "group");
    let members = members.any(|membership| membership.is_set("users"));
    let users = check.companions(it, "aws_iam_user_group_membership", "groups").exist();
    check.require(members.or_else(users), "the group has no users", "the group has users");
}
