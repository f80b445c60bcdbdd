//! # A key policy lets everybody in
//!
//! A statement of the key policy allows something to everybody (`*`), and no condition says who or from where.
//!
//! **Why.** A key policy needs no other permission: everybody with an AWS account may then use, or change, the key.
//!
//! **Fix.** Name the account's root (`arn:aws:iam::ACCOUNT:root`) and the roles that use the key, or add `kms:CallerAccount`.
//!
//! ```hcl,fail
//! resource "aws_kms_key" "main" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "*" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_kms_key" "main" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_kms_key" "main" {
//!   policy = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "KMS002",
    name: "public-key-policy",
    severity: Severity::High,
    resources: &["aws_kms_key", "aws_kms_key_policy"],
    aliases: &[
        "CKV_AWS_33",
        "7ebc9038-0bde-479a-acc4-6ed7b6758899",
        "AC_AWS_0162",
        "AC_AWS_0482",
        "KMS_NO_WILDCARD_PRINCIPAL",
    ],
    controls: &[("FSBP", "KMS.5")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5"],
};

/// Judges a key or its policy.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.forbid_everybody(
        it,
        "policy",
        "everybody may do what this statement allows",
        "the key policy lets everybody in",
    );
}
