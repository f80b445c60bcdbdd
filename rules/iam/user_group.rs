//! # A user is in no group
//!
//! No group membership of the stack names the user.
//!
//! **Why.** The user's rights hang on the user alone, or there are none.
//!
//! **Fix.** Add an `aws_iam_user_group_membership` or `aws_iam_group_membership`.
//!
//! ```hcl,fail
//! resource "aws_iam_user" "ada" {
//!   name = "ada"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_user" "ada" {
//!   name = "ada"
//! }
//!
//! resource "aws_iam_user_group_membership" "ada" {
//!   user   = aws_iam_user.ada.name
//!   groups = ["readers"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "name" {
//!   type = string
//! }
//!
//! resource "aws_iam_user" "ada" {
//!   name = "ada"
//! }
//!
//! resource "aws_iam_user_group_membership" "ada" {
//!   user   = var.name
//!   groups = ["readers"]
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM018",
    name: "user-group",
    severity: Severity::Low,
    resources: &["aws_iam_user"],
    aliases: &["CKV2_AWS_21", "IAM_USER_MISSING_GROUP_RULE"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_user",
    ],
};

/// Judges a user.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.companions(it, "aws_iam_user_group_membership", "user").exist();
    let group = check.companions(it, "aws_iam_group_membership", "users").exist();
    check.require(own.or_else(group), "the user is in no group", "the user is in a group");
}
