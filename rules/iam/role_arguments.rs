//! # A role has its policies in arguments that will go
//!
//! The role uses `inline_policy` or `managed_policy_arns`, which the provider gives up.
//!
//! **Why.** The next major version of the provider refuses them.
//!
//! **Fix.** Use `aws_iam_role_policy`, `aws_iam_role_policy_attachment`, and the `_exclusive` resources to keep others out.
//!
//! ```hcl,fail
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//!   managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_iam_role" "task" {
//!   assume_role_policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
//!   })
//!   managed_policy_arns = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM028",
    name: "role-arguments",
    severity: Severity::Low,
    resources: &["aws_iam_role"],
    aliases: &["aws_iam_role_deprecated_policy_attributes"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role",
    ],
};

/// Judges a role.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let written = it.as_written();
    let blocks = written.is_set("inline_policy");
    check.require(!blocks, "`inline_policy` will go", "`inline_policy` is used");
    let list = written.get::<&Value>("managed_policy_arns").is(|_| true);
    check.require(!list, "`managed_policy_arns` will go", "`managed_policy_arns` is used");
}
