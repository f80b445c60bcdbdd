//! # A group's rights need no second factor
//!
//! No policy of the group asks for multi-factor authentication.
//!
//! **Why.** A stolen password or key is then enough.
//!
//! **Fix.** Add a policy that denies everything when `aws:MultiFactorAuthPresent` is `false`.
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
//! resource "aws_iam_group_policy" "readers" {
//!   group = aws_iam_group.readers.name
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Deny"
//!       Action    = "*"
//!       Resource  = "*"
//!       Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_group" "readers" {
//!   name = "readers"
//! }
//!
//! resource "aws_iam_group_policy" "readers" {
//!   group  = aws_iam_group.readers.name
//!   policy = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr, PolicyDocument};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM023",
    name: "group-mfa",
    severity: Severity::Medium,
    resources: &["aws_iam_group"],
    aliases: &[
        "AVD-AWS-0123",
        "aws-iam-enforce-group-mfa",
        "aws-iam-enforce-mfa",
        "AVD-AWS-0145",
        "aws-iam-enforce-user-mfa",
        "3ddfa124-6407-4845-a501-179f90c65097",
        "b5681959-6c09-4f55-b42b-c40fa12d03ec",
        "AC_AWS_0151",
    ],
    controls: &[("FSBP", "IAM.5"), ("FSBP", "IAM.19")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-5",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-19",
    ],
};

/// Whether a policy asks for a second factor in some condition.
fn asks<'a>(holder: &Instance<'a>) -> At<'a, bool> {
    let policy = holder.get::<PolicyDocument<'a>>("policy");
    policy.is(|document| {
        let mut statements = document.statements.iter().filter_map(Attr::known);
        statements.any(|statement| {
            let mut conditions = statement.conditions.known().into_iter().flatten();
            conditions.any(|condition| {
                condition.key.to_ascii_lowercase().starts_with("aws:multifactorauth")
            })
        })
    })
}

/// Judges a group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let inline = check.companions(it, "aws_iam_group_policy", "group").any(asks);
    let attached =
        check.companions(it, "aws_iam_group_policy_attachment", "group").any(|attachment| {
            let policy = check.model().refers(attachment.text("policy_arn").attr.value());
            policy
                .and_then(|id| Instance::of(check.model(), id))
                .map_or(At::certain(false), |policy| asks(&policy))
        });
    check.require(
        inline.or_else(attached),
        "the group's rights need no second factor",
        "the group's rights need a second factor",
    );
}
