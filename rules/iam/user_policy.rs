//! # A policy hangs on a single user
//!
//! A user gets rights directly instead of by a group or a role.
//!
//! **Why.** Rights of single people are forgotten when they change their work.
//!
//! **Fix.** Attach the policy to a group or a role.
//!
//! ```hcl,fail
//! resource "aws_iam_policy_attachment" "read" {
//!   name       = "read"
//!   policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
//!   users      = ["ada"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy_attachment" "read" {
//!   name       = "read"
//!   policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
//!   groups     = ["readers"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_iam_policy_attachment" "read" {
//!   name       = "read"
//!   policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
//!   users      = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM016",
    name: "user-policy",
    severity: Severity::Medium,
    resources: &[
        "aws_iam_user_policy",
        "aws_iam_user_policy_attachment",
        "aws_iam_policy_attachment",
        "aws_iam_group_policy_attachment",
    ],
    aliases: &[
        "CKV_AWS_40",
        "AVD-AWS-0143",
        "aws-iam-no-user-attached-policies",
        "b4378389-a9aa-44ee-91e7-ef183f11079e",
        "AC_AWS_0476",
        "AC_AWS_0475",
        "IAM_USER_NO_POLICIES_CHECK",
        "IAM_NO_POLICY_ON_USER",
        "IAM_NO_INLINE_POLICY_CHECK",
    ],
    controls: &[("FSBP", "IAM.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2"],
};

/// Judges a policy of a user.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let on_user = match it.ty() {
        "aws_iam_policy_attachment" => it.is_set("users"),
        "aws_iam_group_policy_attachment" => At::certain(false),
        _ => At { path: "user".into(), attr: Attr::Known(true, it.text("user").attr.value()) },
    };
    check.require(
        !on_user,
        "the policy hangs on a single user",
        "the policy hangs on a single user",
    );
}
