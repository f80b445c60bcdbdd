//! # A policy lets its holder read everything
//!
//! The policy allows, on every resource, actions that read what is kept: objects, parameters, secrets, snapshots, what keys
//! protect.
//!
//! **Why.** Whoever has the policy can carry all data of the account away.
//!
//! **Fix.** Name the buckets, parameters, secrets and keys.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::site/*" }]
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

use check::{Check, Meta, PolicyHolder, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM009",
    name: "data-exposure",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &["CKV_AWS_108", "CKV_AWS_288"],
    controls: &[("FSBP", "KMS.1"), ("FSBP", "KMS.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-2",
    ],
};

/// Actions that read what is kept.
const ACTIONS: [&str; 9] = [
    "s3:getobject",
    "ssm:getparameter",
    "ssm:getparameters",
    "ssm:getparametersbypath",
    "secretsmanager:getsecretvalue",
    "rds:copydbsnapshot",
    "rds:createdbsnapshot",
    "kms:decrypt",
    "kms:reencryptfrom",
];

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    let whether = "the policy lets its holder read everything";
    super::credential_exposure::forbid(holder, check, &ACTIONS, whether, whether);
}
