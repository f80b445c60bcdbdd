//! # A policy names no resource
//!
//! A statement allows an action on every resource (`*`) that could be allowed on some.
//!
//! **Why.** The permission reaches what the application never uses: every bucket, every secret, every role.
//!
//! **Fix.** Name the resources by ARN, or narrow the statement by a condition on tags.
//!
//! ```hcl,fail
//! resource "aws_iam_role_policy" "task" {
//!   role = "task"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role_policy" "task" {
//!   role = "task"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [
//!       { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" },
//!       { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::site/*" },
//!     ]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "bucket" {
//!   type = string
//! }
//!
//! resource "aws_iam_role_policy" "task" {
//!   role = "task"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = var.bucket }]
//!   })
//! }
//! ```
//!
//! **Limits.** Which actions take no resource is known here for the services around containers only; whole services are
//! `wildcard-action`'s.

use check::{Check, Meta, PolicyHolder, Severity};
use model::{Attr, Statement};
use reach::iam::{every_action_of, is_every_action, is_every_resource, matches};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM003",
    name: "wildcard-resource",
    severity: Severity::Medium,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "CKV_AWS_355",
        "CKV_AWS_290",
        "AVD-AWS-0057",
        "aws-iam-no-policy-wildcards",
        "CKV_AWS_356",
        "IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE",
        "CKV_AWS_111",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ],
};

/// Actions that take no resource, as patterns in lower case (Service Authorization Reference: the column of resource types is
/// empty).
const WITHOUT_RESOURCE: [&str; 32] = [
    "acm:listcertificates",
    "application-autoscaling:describe*",
    "autoscaling:describe*",
    "cloudwatch:describealarmsformetric",
    "cloudwatch:getmetricdata",
    "cloudwatch:getmetricstatistics",
    "cloudwatch:listmetrics",
    "cloudwatch:putmetricdata",
    "ec2:describe*",
    "ecr:getauthorizationtoken",
    "ecr-public:getauthorizationtoken",
    "ecs:createcluster",
    "ecs:deregistertaskdefinition",
    "ecs:describetaskdefinition",
    "ecs:discoverpollendpoint",
    "ecs:list*",
    "elasticloadbalancing:describe*",
    "iam:getaccountsummary",
    "iam:list*",
    "kms:createkey",
    "kms:generaterandom",
    "kms:listaliases",
    "kms:listkeys",
    "logs:describeloggroups",
    "s3:getaccountpublicaccessblock",
    "s3:listallmybuckets",
    "secretsmanager:getrandompassword",
    "secretsmanager:listsecrets",
    "ssm:describeparameters",
    "ssmmessages:*",
    "sts:get*",
    "xray:*",
];
const OPEN: &str = "it is not known whether the policy names its resources";

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
            judge(statement, &format!("{path}.Statement[{at}].Resource"), check);
        }
    }
}

fn judge<'a>(statement: &Statement<'a>, path: &str, check: &mut Check<'a>) {
    if statement.allows() != Some(true) || !statement.conditions.is_null() {
        return;
    }
    let actions = statement.actions.elements().iter().filter_map(Attr::known);
    let wide: Vec<&str> =
        actions.map(stack::Str::as_str).filter(|action| takes_resource(action)).collect();
    let Some(action) = wide.first() else { return };
    for resource in statement.resources.elements() {
        match resource {
            Attr::Known(pattern, value) if is_every_resource(pattern) => {
                let others = match wide.len() {
                    1 => String::new(),
                    more => format!(" and {} more", more - 1),
                };
                let message = format!("the policy allows `{action}`{others} on every resource");
                check.fail(value, path, message);
                return;
            }
            // An ARN that AWS has yet to make names one thing.
            Attr::Unknown(value) if !names_one(value) => {
                check.unknown(value, path, OPEN);
                return;
            }
            _ => {}
        }
    }
    if statement.resources.is_unknown() {
        check.unknown(statement.resources.value(), path, OPEN);
    }
}

/// True for an action that could be allowed on some resources only.
fn takes_resource(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let service = every_action_of(&action).is_some() || is_every_action(&action);
    !service && !WITHOUT_RESOURCE.iter().any(|pattern| matches(pattern, &action))
}

/// True when an unknown text is made from something of the stack that has yet to exist, and so cannot be `*` alone.
fn names_one(value: &stack::Value) -> bool {
    fn of(origin: &stack::Origin) -> bool {
        matches!(origin, stack::Origin::Resource { address, .. } if address.mode == stack::Mode::Managed)
    }
    value.as_unknown().is_some_and(|unknown| match &unknown.origin {
        stack::Origin::Derived(from) => from.iter().any(of),
        origin => of(origin),
    })
}
