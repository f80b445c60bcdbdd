//! # A role is an administrator
//!
//! `AdministratorAccess` (or `IAMFullAccess`, which is one step from it) is attached to a role.
//!
//! **Why.** What runs with the role hands the account to whoever breaks in.
//!
//! **Fix.** Attach a policy that names what the role needs.
//!
//! ```hcl,fail
//! resource "aws_iam_role_policy_attachment" "task" {
//!   role       = "task"
//!   policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role_policy_attachment" "task" {
//!   role       = "task"
//!   policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_role_policy_attachment" "task" {
//!   role       = "task"
//!   policy_arn = var.policy
//! }
//! ```

use check::{Check, Meta, Severity};
use model::{Arn, Attr, IamPolicy, IamRolePolicyAttachment, Target};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM004",
    name: "admin-attachment",
    severity: Severity::High,
    resources: &["aws_iam_role_policy_attachment"],
    aliases: &[
        "CKV_AWS_274",
        "CKV2_AWS_56",
        "CKV_AWS_275",
        "IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE",
        "IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE",
        "3206240f-2e87-4e58-8d24-3e19e7c83d7c",
        "AC_AWS_0087",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",
    ],
};

/// Judges an attachment.
pub fn check<'a>(attachment: &IamRolePolicyAttachment<'a>, check: &mut Check<'a>) {
    match attachment.policy_arn {
        Attr::Known(text, value) => {
            let arn = Arn::parse(text).filter(|arn| arn.account == "aws");
            let name = arn.map_or("", |arn| arn.name());
            if matches!(name, "AdministratorAccess" | "IAMFullAccess") {
                check.fail(value, "policy_arn", format!("`{name}` is attached to a role"));
            }
        }
        Attr::Unknown(value) => {
            // A policy of this stack is judged where it is written.
            if !matches!(check.model().target::<IamPolicy>(value), Target::Here(_)) {
                check.unknown(value, "policy_arn", "it is not known which policy the role gets");
            }
        }
        Attr::Null(_) => {}
    }
}
