//! # A bucket policy locks everybody out
//!
//! A statement denies every action to everybody, without a condition: only the account's root user can undo that.
//!
//! **Why.** The next apply fails too, and nobody but root can read, write, or repair the policy.
//!
//! **Fix.** Deny named actions, or add a condition that leaves those out who administer the bucket.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Deny", Action = "s3:*", Resource = "*", Principal = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect    = "Deny"
//!       Action    = "s3:*"
//!       Resource  = "*"
//!       Principal = "*"
//!       Condition = { Bool = { "aws:SecureTransport" = "false" } }
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
//! resource "aws_s3_bucket_policy" "site" {
//!   bucket = "site"
//!   policy = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity, is_everybody};
use model::{Attr, PolicyDocument};
use reach::iam::{every_action_of, is_every_action};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3013",
    name: "lockout-policy",
    severity: Severity::High,
    resources: &["aws_s3_bucket", "aws_s3_bucket_policy"],
    aliases: &["CKV_AWS_93"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket",
    ],
};

/// Judges a bucket or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let policy = it.get::<PolicyDocument<'_>>("policy");
    if let Attr::Unknown(value) = policy.attr {
        check.unknown(
            value,
            policy.path,
            "it is not known whether the bucket policy locks everybody out",
        );
        return;
    }
    for statement in policy.attr.known().into_iter().flat_map(|document| &document.statements) {
        let Attr::Known(statement, value) = statement else { continue };
        let mut actions = statement.actions.elements().iter().filter_map(Attr::known);
        let every =
            actions.any(|action| is_every_action(action) || every_action_of(action) == Some("s3"));
        let everybody = statement
            .principals
            .known()
            .into_iter()
            .flatten()
            .any(|principal| is_everybody(principal, check) == Some(true));
        if statement.allows() == Some(false) && statement.conditions.is_null() && every && everybody
        {
            check.fail(value, policy.path.clone(), "the bucket policy locks everybody out");
        }
    }
}
