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
use model::{Arn, At};
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
        "data.aws_iam_policy",
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

/// The policies of AWS that make an administrator, or let one be made.
const ADMIN: [&str; 2] = ["AdministratorAccess", "IAMFullAccess"];

/// Judges an attachment, a role with a list of policies, or a search for a policy to attach.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let name = match it.ty() {
        "aws_iam_role" => "managed_policy_arns",
        "aws_ssoadmin_managed_policy_attachment" => "managed_policy_arn",
        "aws_iam_policy" => {
            let admin = it.text("name").is(|name| ADMIN.contains(&name));
            let admin = admin.or_else(it.text("arn").is(is_admin));
            check.require(
                !admin,
                "the policy makes an administrator",
                "the policy makes an administrator",
            );
            return;
        }
        _ => "policy_arn",
    };
    let At { path, attr } = it.get::<&Value>(name);
    let value = attr.value();
    for arn in value.as_slice().unwrap_or(std::slice::from_ref(value)) {
        judge(arn, &path, check);
    }
}

/// True for the ARN of one of them.
fn is_admin(arn: &str) -> bool {
    let name = Arn::parse(arn).filter(|arn| arn.account == "aws").map_or("", |arn| arn.name());
    ADMIN.contains(&name)
}

fn judge<'a>(arn: &'a Value, path: &str, check: &mut Check<'a>) {
    if let Some(text) = arn.as_str() {
        if is_admin(text) {
            check.fail(
                arn,
                path,
                format!("`{}` is attached", text.rsplit('/').next().unwrap_or(text)),
            );
        }
        return;
    }
    // A policy of this stack is judged where it is written, and a search for one where it is made.
    let refers = check.model().refers(arn).and_then(|id| check.stack().resource(id));
    let elsewhere = refers.is_none_or(|it| it.address.ty != "aws_iam_policy");
    if arn.is_unknown() && elsewhere {
        check.unknown(arn, path, "it is not known which policy is attached");
    }
}
