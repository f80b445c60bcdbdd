//! # A policy allows everything
//!
//! A statement allows every action on every resource, without a condition: `*`, `**` or `*:*`, or all but some actions
//! (`NotAction`) that leave IAM in.
//!
//! **Why.** Whoever holds it owns the account. What runs with it hands the account to whoever breaks in.
//!
//! **Fix.** Name the actions and resources that are needed.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "all" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", NotAction = "s3:DeleteBucket", Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "read" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "actions" {
//!   type = list(string)
//! }
//!
//! resource "aws_iam_policy" "some" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }]
//!   })
//! }
//! ```
//!
//! **Limits.** A condition is taken to narrow the statement enough.

use check::{Check, Meta, PolicyHolder, Severity};
use model::{Attr, Statement};
use reach::iam::{Decision, Request, decide, is_every_action, is_every_resource, matches};
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM001",
    name: "admin-policy",
    severity: Severity::Critical,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "CKV_AWS_1",
        "CKV_AWS_62",
        "CKV_AWS_63",
        "AVD-AWS-0057",
        "aws-iam-no-policy-wildcards",
        "2f37c4a3-58b9-4afe-8a87-d7f1d2286f84",
        "575a2155-6af1-4026-b1af-d5bc8fe2a904",
        "b1ffa705-19a3-4b73-b9d0-0c97d0663842",
        "AC_AWS_0144",
        "AC_AWS_0143",
        "AC_AWS_0474",
        "AC_AWS_0147",
        "AC_AWS_0146",
        "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
        "132a8c31-9837-4203-9fd1-15ca210c7b73",
    ],
    controls: &[("FSBP", "IAM.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1"],
};

/// A request that only an administrator may make.
const WITNESS: Request<'static> =
    Request { action: "iam:AttachUserPolicy", resource: "arn:aws:iam::123456789012:user/anybody" };
const OPEN: &str = "it is not known whether the policy allows everything";

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
            let path = format!("{path}.Statement[{at}]");
            let Attr::Known(statement, value) = statement else {
                check.unknown(statement.value(), path, OPEN);
                continue;
            };
            match allows_all(statement) {
                Some(decides) if matches!(decide([policy], WITNESS), Decision::Allowed) => {
                    check
                        .fail(decides, path, "the policy allows every action on every resource")
                        .witness(format!(
                            "`{}` on `{}` is allowed",
                            WITNESS.action, WITNESS.resource
                        ));
                }
                Some(_) => {}
                None => {
                    if let Some(open) = may_allow_all(statement) {
                        let open = if open.is_unknown() { open } else { *value };
                        check.unknown(open, path, OPEN);
                    }
                }
            }
        }
    }
}

/// The value that allows everything.
pub(crate) fn allows_all<'a>(statement: &Statement<'a>) -> Option<&'a Value> {
    if statement.allows() != Some(true) || !statement.conditions.is_null() {
        return None;
    }
    let resources = statement.resources.elements().iter();
    let everywhere = resources.filter_map(Attr::known).any(|pattern| is_every_resource(pattern));
    if !everywhere {
        return None;
    }
    if statement.not_actions.is_null() {
        let mut actions = statement.actions.elements().iter();
        return actions
            .find(|action| action.known().is_some_and(|p| is_every_action(p)))
            .map(Attr::value);
    }
    let excluded = statement.not_actions.elements().iter();
    let leaves_iam = !statement.not_actions.has_unknown()
        && !excluded
            .filter_map(Attr::known)
            .any(|pattern| matches(&pattern.to_ascii_lowercase(), "iam:attachuserpolicy"));
    leaves_iam.then(|| statement.not_actions.value())
}

/// What keeps it open whether a statement allows everything.
fn may_allow_all<'a>(statement: &Statement<'a>) -> Option<&'a Value> {
    let perhaps = statement.allows() != Some(false) && statement.conditions.is_null();
    let everywhere = |pattern: &Attr<'_, stack::Str>| {
        pattern.is_unknown() || pattern.known().is_some_and(|p| is_every_resource(p))
    };
    if !perhaps
        || !(statement.resources.is_unknown()
            || statement.resources.elements().iter().any(everywhere))
    {
        return None;
    }
    let lists = [&statement.actions, &statement.not_actions];
    let open = lists.iter().find(|list| list.has_unknown())?;
    let element = open.elements().iter().find(|pattern| pattern.is_unknown());
    Some(element.map_or(open.value(), Attr::value))
}
