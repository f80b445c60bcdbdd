//! # An attachment takes a policy away from all others
//!
//! `aws_iam_policy_attachment` makes its own list the only one: whoever else has the policy loses it.
//!
//! **Why.** Roles of other stacks lose their rights, and nothing in the plan says so.
//!
//! **Fix.** Use `aws_iam_role_policy_attachment`, `aws_iam_group_policy_attachment` or `aws_iam_user_policy_attachment`.
//!
//! ```hcl,fail
//! resource "aws_iam_policy_attachment" "read" {
//!   name       = "read"
//!   roles      = ["web"]
//!   policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role_policy_attachment" "read" {
//!   role       = "web"
//!   policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_iam_policy_attachment" "read" {
//!   count = var.n
//!
//!   name       = "read"
//!   roles      = ["web"]
//!   policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::ABSENT;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM027",
    name: "exclusive-attachment",
    severity: Severity::Medium,
    resources: &["aws_iam_policy_attachment", "aws_iam_role_policy_attachment"],
    aliases: &["aws_iam_policy_attachment_exclusive_attachment"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy_attachment",
    ],
};

/// Judges an attachment.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_iam_policy_attachment" {
        check.fail(&ABSENT, "", "the attachment takes the policy away from all others");
    }
}
