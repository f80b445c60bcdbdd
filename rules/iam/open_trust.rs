//! # Anybody may take the role
//!
//! The role's trust policy lets every AWS principal assume it (`*`), without a condition.
//!
//! **Why.** Any account of the world can take the role; only its name must be guessed.
//!
//! **Fix.** Name the service or account; for many accounts of one organisation add a condition on `aws:PrincipalOrgID`.
//!
//! ```hcl,fail
//! resource "aws_iam_role" "task" {
//!   name = "task"
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "task" {
//!   name = "task"
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "trusted" {
//!   type = string
//! }
//!
//! resource "aws_iam_role" "task" {
//!   name = "task"
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.trusted } }]
//!   })
//! }
//! ```

use check::{Check, Meta, Severity};
use model::{Attr, IamRole, Principal};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM005",
    name: "open-trust",
    severity: Severity::Critical,
    resources: &["aws_iam_role"],
    aliases: &[
        "CKV_AWS_60",
        "12b7e704-37f0-4d1e-911a-44bf60c48c21",
        "IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ],
};

const OPEN: &str = "it is not known who may take the role";

/// Judges a role.
pub fn check<'a>(role: &IamRole<'a>, check: &mut Check<'a>) {
    let document = match &role.assume_role_policy {
        Attr::Known(document, _) => document,
        Attr::Unknown(value) => {
            check.unknown(value, "assume_role_policy", OPEN);
            return;
        }
        Attr::Null(_) => return,
    };
    for (at, statement) in document.statements.iter().enumerate() {
        let path = format!("assume_role_policy.Statement[{at}].Principal");
        let Attr::Known(statement, _) = statement else {
            check.unknown(statement.value(), path, OPEN);
            continue;
        };
        if statement.allows() != Some(true) || !statement.conditions.is_null() {
            continue;
        }
        if let Attr::Known(_, value) = statement.not_principals {
            check.fail(value, path, "anybody but some may take the role");
            continue;
        }
        if let Attr::Unknown(value) = statement.principals {
            check.unknown(value, path, OPEN);
            continue;
        }
        for principal in statement.principals.known().into_iter().flatten() {
            judge(principal, &path, check);
        }
    }
}

fn judge<'a>(principal: &Principal<'a>, path: &str, check: &mut Check<'a>) {
    match &principal.id {
        Attr::Known(id, value) if id == "*" && matches!(principal.kind.as_str(), "AWS" | "*") => {
            check.fail(value, path, "anybody may take the role");
        }
        Attr::Unknown(value)
            if principal.kind == "AWS" && check.model().refers(value).is_none() =>
        {
            check.unknown(value, path, OPEN);
        }
        _ => {}
    }
}
