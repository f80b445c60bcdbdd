//! # A statement's id has characters that AWS refuses
//!
//! The `Sid` of a statement has something else than letters and digits.
//!
//! **Why.** The apply fails half way.
//!
//! **Fix.** Write it in one word: `ReadObjects`.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "read" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Sid = "read-objects", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "read" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Sid = "ReadObjects", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "id" {
//!   type = string
//! }
//!
//! resource "aws_iam_policy" "read" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Sid = var.id, Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }]
//!   })
//! }
//! ```

use check::{Check, Meta, PolicyHolder, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM026",
    name: "statement-id",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &["aws_iam_policy_sid_invalid_characters"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    for (path, policy) in &holder.policies {
        if let Attr::Unknown(value) = policy {
            check.unknown(value, path.clone(), "it is not known how statements are called");
        }
        for (at, statement) in
            policy.known().into_iter().flat_map(|document| &document.statements).enumerate()
        {
            let Attr::Known(statement, _) = statement else { continue };
            let path = format!("{path}.Statement[{at}].Sid");
            let plain = At { path, attr: statement.sid.as_ref() };
            let plain = plain.is_null_or(|sid| sid.chars().all(|c| c.is_ascii_alphanumeric()));
            check.require(
                plain,
                "AWS refuses this statement's id",
                "AWS takes this statement's id",
            );
        }
    }
}
