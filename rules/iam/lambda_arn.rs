//! # A policy lets its holder call one version of a function only
//!
//! The policy allows `lambda:InvokeFunction` on a function's ARN, and not on its versions and aliases.
//!
//! **Why.** A call by alias, which is what a careful release does, is refused.
//!
//! **Fix.** Name `FUNCTION_ARN` and `FUNCTION_ARN:*`.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "call" {
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "arn:aws:lambda:eu-west-3:123456789012:function:web" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "call" {
//!   policy = jsonencode({
//!     Version = "2012-10-17"
//!     Statement = [{
//!       Effect   = "Allow"
//!       Action   = "lambda:InvokeFunction"
//!       Resource = ["arn:aws:lambda:eu-west-3:123456789012:function:web", "arn:aws:lambda:eu-west-3:123456789012:function:web:*"]
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
//! resource "aws_iam_policy" "call" {
//!   policy = var.policy
//! }
//! ```

use check::{Allowance, Check, Meta, PolicyHolder, Severity};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM031",
    name: "lambda-arn",
    severity: Severity::Low,
    resources: PolicyHolder::TYPES,
    aliases: &["0ca1017d-3b80-423e-bb9c-6cd5898d34bd"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    for (path, policy) in &holder.policies {
        for Allowance { path, statement, .. } in
            check.allowances_of(path.clone(), policy, "versions and aliases may be called")
        {
            let calls = statement
                .actions
                .elements()
                .iter()
                .filter_map(Attr::known)
                .any(|action| action == "lambda:InvokeFunction");
            let resources: Vec<&str> = statement
                .resources
                .elements()
                .iter()
                .filter_map(|r| r.known().map(stack::Str::as_str))
                .collect();
            let plain = resources.iter().find(|arn| {
                arn.split(':').count() == 7 && !arn.ends_with('*') && arn.contains(":function:")
            });
            if let Some(arn) =
                plain.filter(|arn| calls && !resources.contains(&format!("{arn}:*").as_str()))
            {
                let message = format!("versions and aliases of `{arn}` cannot be called");
                check.fail(statement.resources.value(), format!("{path}.Resource"), message);
            }
        }
    }
}
