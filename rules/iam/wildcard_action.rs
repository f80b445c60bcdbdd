//! # A policy allows all of a service, everywhere
//!
//! A statement allows every action of a service (`s3:*`) on every resource, every action of all services on some, or everything
//! but some actions (`NotAction`).
//!
//! **Why.** It also allows what nobody thought of, and what AWS adds next year: deleting, sharing, changing policies.
//!
//! **Fix.** Name the actions, or at least the resources.
//!
//! ```hcl,fail
//! resource "aws_iam_role_policy" "task" {
//!   role = "task"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role_policy" "task" {
//!   role = "task"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = ["arn:aws:s3:::site", "arn:aws:s3:::site/*"] }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_role_policy" "task" {
//!   role   = "task"
//!   policy = var.policy
//! }
//! ```
//!
//! **Limits.** Statements that allow everything are `admin-policy`'s. A condition is taken to narrow the statement enough.

use check::{Check, Meta, PolicyHolder, Severity};
use model::{Attr, Statement};
use reach::iam::{every_action_of, is_every_action, is_every_resource};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM002",
    name: "wildcard-action",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "CKV_AWS_49",
        "CKV_AWS_63",
        "CKV_AWS_111",
        "CKV_AWS_290",
        "CKV_AWS_289",
        "AVD-AWS-0057",
        "aws-iam-no-policy-wildcards",
        "CKV_AWS_63",
        "IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
        "IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
        "IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS",
        "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
    ],
    controls: &[("FSBP", "IAM.21")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21"],
};

const OPEN: &str = "it is not known whether the policy allows all of a service";

/// Judges the policies of a resource.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    for (path, policy) in &holder.policies {
        let document = match policy {
            Attr::Known(document, _) => document,
            Attr::Unknown(value) => {
                check.unknown(value, path.clone(), OPEN);
                continue;
            }
            Attr::Null(_) => continue,
        };
        for (at, statement) in document.statements.iter().enumerate() {
            let Attr::Known(statement, _) = statement else { continue };
            judge(statement, &format!("{path}.Statement[{at}]"), check);
        }
    }
}

fn judge<'a>(statement: &Statement<'a>, path: &str, check: &mut Check<'a>) {
    let narrowed = statement.allows() != Some(true) || !statement.conditions.is_null();
    if narrowed || super::admin_policy::allows_all(statement).is_some() {
        return;
    }
    for action in statement.actions.elements() {
        let Attr::Known(pattern, value) = action else { continue };
        if is_every_action(pattern) {
            check.fail(value, format!("{path}.Action"), "the policy allows every action");
        }
    }
    let mut resources = statement.resources.elements().iter().filter_map(Attr::known);
    if !resources.any(|pattern| is_every_resource(pattern)) {
        return;
    }
    if let Attr::Known(_, value) = &statement.not_actions {
        let message = "the policy allows everything but some actions, on every resource";
        check.fail(value, format!("{path}.NotAction"), message);
        return;
    }
    for action in statement.actions.elements() {
        let Attr::Known(pattern, value) = action else { continue };
        if let Some(service) = every_action_of(pattern) {
            let message =
                format!("the policy allows every action of `{service}` on every resource");
            check.fail(value, format!("{path}.Action"), message);
        }
    }
}
