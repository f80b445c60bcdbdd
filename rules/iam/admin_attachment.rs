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

use check::{Check, Instance, Meta, Severity};
use model::{Arn, At, IamPolicy, Target};
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM004",
    name: "admin-attachment",
    severity: Severity::High,
    resources: &[
        "aws_iam_role_policy_attachment",
        "aws_iam_user_policy_attachment",
        "aws_iam_group_policy_attachment",
        "aws_iam_policy_attachment",
        "aws_ssoadmin_managed_policy_attachment",
        "aws_iam_role",
    ],
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

/// Judges an attachment, or a role with a list of policies.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let name = match it.ty() {
        "aws_iam_role" => "managed_policy_arns",
        "aws_ssoadmin_managed_policy_attachment" => "managed_policy_arn",
        _ => "policy_arn",
    };
    let At { path, attr } = it.get::<&Value>(name);
    let value = attr.value();
    for arn in value.as_slice().unwrap_or(std::slice::from_ref(value)) {
        judge(arn, &path, check);
    }
}

fn judge<'a>(arn: &'a Value, path: &str, check: &mut Check<'a>) {
    if let Some(text) = arn.as_str() {
        let name = Arn::parse(text).filter(|arn| arn.account == "aws").map_or("", |arn| arn.name());
        if matches!(name, "AdministratorAccess" | "IAMFullAccess") {
            check.fail(arn, path, format!("`{name}` is attached"));
        }
    } else if arn.is_unknown() && !matches!(check.model().target::<IamPolicy>(arn), Target::Here(_)) {
        // A policy of this stack is judged where it is written.
        check.unknown(arn, path, "it is not known which policy is attached");
    }
}
