//! # A key has no policy of its own
//!
//! The key gets AWS' default policy, which leaves all to IAM policies.
//!
//! **Why.** Who may use the key is then decided in many places, and any administrator of IAM decides.
//!
//! **Fix.** Write `policy`, or add an `aws_kms_key_policy`.
//!
//! ```hcl,fail
//! resource "aws_kms_key" "main" {
//!   description = "main"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_kms_key" "main" {
//!   description = "main"
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
//!   description = "main"
//!   policy      = var.policy
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "KMS003",
    name: "key-policy",
    severity: Severity::Low,
    resources: &["aws_kms_key"],
    aliases: &["CKV2_AWS_64"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/kms_key",
    ],
};

/// Judges a key.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let written = check.companions(it, "aws_kms_key_policy", "key_id").exist();
    check.require(
        it.is_set("policy").or_else(written),
        "the key has no policy of its own",
        "the key has a policy of its own",
    );
}
