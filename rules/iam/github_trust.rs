//! # Any repository of GitHub may take the role
//!
//! The trust policy lets GitHub Actions in, and does not say which repository.
//!
//! **Why.** Everybody with a GitHub account can start a workflow that takes the role.
//!
//! **Fix.** Add a condition on `token.actions.githubusercontent.com:sub` such as `repo:owner/name:ref:refs/heads/main`.
//!
//! ```hcl,fail
//! resource "aws_iam_role" "deploy" {
//!   assume_role_policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "sts:AssumeRoleWithWebIdentity"
//!       Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "deploy" {
//!   assume_role_policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "sts:AssumeRoleWithWebIdentity"
//!       Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
//!       Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = "repo:owner/web:ref:refs/heads/main" } }
//!     }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "subject" {
//!   type = string
//! }
//!
//! resource "aws_iam_role" "deploy" {
//!   assume_role_policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "sts:AssumeRoleWithWebIdentity"
//!       Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
//!       Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = var.subject } }
//!     }]
//!   })
//! }
//! ```

use check::{Allowance, Check, Instance, Meta, Severity};
use model::{Attr, Principal};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM015",
    name: "github-trust",
    severity: Severity::High,
    resources: &["aws_iam_role", "data.aws_iam_policy_document"],
    aliases: &["CKV_AWS_358", "CKV_AWS_393"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role",
    ],
};

/// GitHub's issuer.
const ISSUER: &str = "token.actions.githubusercontent.com";

/// True when a subject says too little: it names no repository and no owner, or leaves the owner open.
fn is_loose(subject: &str) -> bool {
    let mut claims = subject.split(':');
    let (claim, value) = (claims.next().unwrap_or_default(), claims.next().unwrap_or_default());
    match claim {
        "repo" | "repository" => value.split_once('/').is_none_or(|(owner, _)| owner.contains('*')),
        "repository_id" | "repository_owner" | "repository_owner_id" => value.contains('*'),
        _ => true,
    }
}

/// Judges a role.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_iam_policy_document" && check.users(it).next().is_some() {
        return;
    }
    let path = if it.ty() == "aws_iam_role" { "assume_role_policy" } else { "json" };
    for Allowance { path, statement, value } in
        check.allowances(it, path, "any repository may take the role")
    {
        let github = |principal: &Principal<'a>| {
            principal.kind == "Federated"
                && principal.id.known().is_some_and(|id| id.contains(ISSUER))
        };
        if !statement.principals.known().into_iter().flatten().any(github) {
            continue;
        }
        let mut said = false;
        for condition in statement.conditions.known().into_iter().flatten() {
            // An enterprise has an issuer of its own behind GitHub's: `…/enterprise:sub`.
            let key = condition.key.to_ascii_lowercase();
            if !key.starts_with(ISSUER)
                || !key.ends_with(":sub")
                || condition.operator.contains("Not")
            {
                continue;
            }
            said = true;
            for subject in condition.values.elements() {
                match subject {
                    Attr::Known(text, value) if is_loose(text) => {
                        check.fail(
                            value,
                            format!("{path}.Condition"),
                            "any repository of GitHub may take the role",
                        );
                    }
                    Attr::Unknown(value) => {
                        check.unknown(
                            value,
                            format!("{path}.Condition"),
                            "it is not known which repositories may take the role",
                        );
                    }
                    _ => {}
                }
            }
        }
        if !said {
            check.fail(value, path, "any repository of GitHub may take the role");
        }
    }
}
