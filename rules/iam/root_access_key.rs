//! # The root user has an access key
//!
//! The stack makes an access key for root.
//!
//! **Why.** Whoever has it may do everything, and nothing can be denied to it.
//!
//! **Fix.** Delete the key, and use roles.
//!
//! ```hcl,fail
//! resource "aws_iam_access_key" "key" {
//!   user = "root"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_access_key" "key" {
//!   user = "build"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "name" {
//!   type = string
//! }
//!
//! resource "aws_iam_access_key" "key" {
//!   user = var.name
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM021",
    name: "root-access-key",
    severity: Severity::Critical,
    resources: &["aws_iam_access_key"],
    aliases: &[
        "CKV_AWS_348",
        "AVD-AWS-0141",
        "aws-iam-no-root-access-keys",
        "970d224d-b42a-416b-81f9-8f4dfe70c4bc",
        "AC_AWS_0132",
    ],
    controls: &[("FSBP", "IAM.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-4"],
};

/// Judges a key.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let root = it.text("user").is(|user| user == "root" || user.ends_with(":root"));
    check.require(!root, "the root user has an access key", "the key is root's");
}
