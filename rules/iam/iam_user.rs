//! # People and programs are users of IAM
//!
//! The stack makes an IAM user.
//!
//! **Why.** A user has passwords and keys that last for years.
//!
//! **Fix.** Let people in by IAM Identity Center, and give programs roles.
//!
//! ```hcl,fail
//! resource "aws_iam_user" "ada" {
//!   name = "ada"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "web" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_iam_user" "ada" {
//!   count = var.n
//!
//!   name = "ada"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::ABSENT;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM017",
    name: "iam-user",
    severity: Severity::Low,
    resources: &["aws_iam_user", "aws_iam_role"],
    aliases: &["CKV_AWS_273"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_user",
    ],
};

/// Judges a user.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if it.ty() == "aws_iam_user" {
        check.fail(&ABSENT, "", "the stack makes an IAM user");
    }
}
