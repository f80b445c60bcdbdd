//! # A policy hands out credentials of others
//!
//! The policy allows, on every resource, actions that answer with credentials: access keys, tokens, database passwords.
//!
//! **Why.** Whoever has the policy can pass for others.
//!
//! **Fix.** Name the resources.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "arn:aws:iam::123456789012:user/build" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_policy" "deploy" {
//!   name   = "deploy"
//!   policy = var.policy
//! }
//! ```

use check::{Allowance, Check, Meta, PolicyHolder, Severity};
use model::Attr;
use reach::iam::{is_every_resource, matches};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM008",
    name: "credential-exposure",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &["CKV_AWS_107", "CKV_AWS_287"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Actions that answer with credentials.
/// Source: the Service Authorization Reference of each service.
const ACTIONS: [&str; 21] = [
    "chime:createapikey",
    "codepipeline:pollforjobs",
    "cognito-identity:getopenidtoken",
    "cognito-identity:getopenidtokenfordeveloperidentity",
    "cognito-identity:getcredentialsforidentity",
    "connect:getfederationtoken",
    "gamelift:requestuploadcredentials",
    "iam:createaccesskey",
    "iam:createloginprofile",
    "iam:createservicespecificcredential",
    "iam:resetservicespecificcredential",
    "iam:updateaccesskey",
    "lightsail:getinstanceaccessdetails",
    "lightsail:getrelationaldatabasemasteruserpassword",
    "rds-db:connect",
    "redshift:getclustercredentials",
    "sso:getrolecredentials",
    "mediapackage:rotatechannelcredentials",
    "mediapackage:rotateingestendpointcredentials",
    "sts:assumerole",
    "sts:getfederationtoken",
];

/// Forbids actions of a list on every resource, unless a condition says when.
pub(crate) fn forbid<'a>(
    holder: &PolicyHolder<'a>,
    check: &mut Check<'a>,
    list: &[&str],
    wrong: &str,
    whether: &str,
) {
    for (path, policy) in &holder.policies {
        for Allowance { path, statement, .. } in check.allowances_of(path.clone(), policy, whether)
        {
            let everywhere = statement
                .resources
                .elements()
                .iter()
                .filter_map(Attr::known)
                .any(|resource| is_every_resource(resource));
            // What allows everything is `admin-policy`'s.
            let everything = super::admin_policy::allows_all(&statement).is_some();
            if !everywhere || everything || !statement.conditions.is_null() {
                continue;
            }
            let listed = |action: &&Attr<'a, stack::Str>| {
                action.known().is_some_and(|pattern| {
                    let pattern = pattern.to_ascii_lowercase();
                    list.iter().any(|wanted| matches(&pattern, wanted))
                })
            };
            if let Some(action) = statement.actions.elements().iter().find(listed) {
                let pattern = action.known().map_or("", |pattern| pattern.as_str());
                check.fail(
                    action.value(),
                    format!("{path}.Action"),
                    format!("{wrong}: `{pattern}` on every resource"),
                );
            }
        }
    }
}

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    forbid(
        holder,
        check,
        &ACTIONS,
        "the policy hands out credentials of others",
        "the policy hands out credentials of others",
    );
}
