//! # A policy speaks of everybody, or of nobody
//!
//! A policy on a resource allows something to everybody (`*`), or a key policy names nobody at all.
//!
//! **Why.** Everybody is every account of the world; nobody means that AWS refuses the policy.
//!
//! **Fix.** Name the principals.
//!
//! ```hcl,fail
//! data "aws_iam_policy_document" "all" {
//!   statement {
//!     actions   = ["s3:GetObject"]
//!     resources = ["arn:aws:s3:::site/*"]
//!
//!     principals {
//!       type        = "AWS"
//!       identifiers = ["*"]
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! data "aws_iam_policy_document" "all" {
//!   statement {
//!     actions   = ["s3:GetObject"]
//!     resources = ["arn:aws:s3:::site/*"]
//!
//!     principals {
//!       type        = "AWS"
//!       identifiers = ["arn:aws:iam::123456789012:root"]
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! data "aws_iam_policy_document" "all" {
//!   statement {
//!     actions   = ["s3:GetObject"]
//!     resources = ["arn:aws:s3:::site/*"]
//!
//!     principals {
//!       type        = "AWS"
//!       identifiers = var.items
//!     }
//!   }
//! }
//! ```
//!
//! **Limits.** A document that something of the stack uses is judged there, by that service's rule.

use check::{Allowance, Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM006",
    name: "document-principal",
    severity: Severity::High,
    resources: &["data.aws_iam_policy_document", "aws_kms_key", "aws_kms_key_policy"],
    aliases: &["CKV_AWS_283", "bbe3dd3d-fea9-4b68-a785-cfabe2bbbc54", "AC_AWS_0481"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy_document",
    ],
};

/// Judges a document.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "everybody may do what this statement allows";
    if it.ty() == "aws_iam_policy_document" {
        if check.users(it).next().is_none() {
            check.forbid_everybody(it, "json", WRONG, "the policy lets everybody in");
        }
        return;
    }
    for Allowance { path, statement, value } in
        check.allowances(it, "policy", "each statement names somebody")
    {
        if statement.principals.is_null() && statement.not_principals.is_null() {
            check.fail(value, path, "the statement of the key policy names nobody");
        }
    }
}
