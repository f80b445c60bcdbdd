//! # A service calls a function for whomever asks it to
//!
//! The permission lets a service in, and does not say for whom.
//!
//! **Why.** Somebody else's bucket, topic or rule can make the service call your function.
//!
//! **Fix.** Set `source_arn` or `source_account`.
//!
//! ```hcl,fail
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = "sns.amazonaws.com"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = "sns.amazonaws.com"
//!   source_arn    = "arn:aws:sns:eu-west-3:123456789012:web"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "source_of_events" {
//!   type = string
//! }
//!
//! resource "aws_lambda_permission" "web" {
//!   function_name = "web"
//!   action        = "lambda:InvokeFunction"
//!   principal     = "sns.amazonaws.com"
//!   source_arn    = var.source_of_events
//! }
//! ```
//!
//! **Limits.** API Gateway, CloudFront and load balancers are held to it too; Alexa skills use `event_source_token`.

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM011",
    name: "confused-permission",
    severity: Severity::High,
    resources: &["aws_lambda_permission"],
    aliases: &["CKV_AWS_364", "AVD-AWS-0067", "aws-lambda-restrict-source-arn"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_permission",
    ],
};

/// Judges a permission.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let service = it.text("principal").is(|principal| {
        principal.ends_with(".amazonaws.com") || principal.ends_with(".amazonaws.com.cn")
    });
    let named = ["source_arn", "source_account", "principal_org_id", "event_source_token"]
        .map(|name| it.is_set(name));
    let named = named.into_iter().fold(At::certain(false), At::or_else);
    check.require(
        named.or_else(!service),
        "the service calls the function for whomever asks",
        "the permission says for whom",
    );
}
