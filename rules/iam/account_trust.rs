//! # A whole account may take the role
//!
//! The trust policy names an account, and no condition says who in it, or proves who asks.
//!
//! **Why.** Everybody there with `sts:AssumeRole` may take the role; an agent of somebody else can be talked into it.
//!
//! **Fix.** Name the role, or add a condition on `sts:ExternalId` or `aws:MultiFactorAuthPresent`.
//!
//! ```hcl,fail
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Allow"
//!       Action    = "sts:AssumeRole"
//!       Principal = { AWS = "arn:aws:iam::123456789012:root" }
//!       Condition = { StringEquals = { "sts:ExternalId" = "web" } }
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
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = var.policy
//! }
//! ```

use check::{Allowance, Check, Instance, Meta, Severity};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM014",
    name: "account-trust",
    severity: Severity::Low,
    resources: &["aws_iam_role"],
    aliases: &[
        "CKV_AWS_61",
        "bcdcbdc6-a350-4855-ae7c-d1e6436f7c97",
        "09c35abf-5852-4622-ac7a-b987b331232e",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role",
    ],
};

/// Judges a role.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for Allowance { path, statement, .. } in
        check.allowances(it, "assume_role_policy", "a whole account may take the role")
    {
        if !statement.conditions.is_null() {
            continue;
        }
        for principal in statement.principals.known().into_iter().flatten() {
            let Attr::Known(id, value) = &principal.id else { continue };
            let account = id.len() == 12 && id.chars().all(|c| c.is_ascii_digit());
            if principal.kind == "AWS"
                && (account || id.starts_with("arn:") && id.ends_with(":root"))
            {
                check.fail(value, format!("{path}.Principal"), "a whole account may take the role");
            }
        }
    }
}
