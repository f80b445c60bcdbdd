//! # An API has no authorizer
//!
//! No authorizer of the stack belongs to the API.
//!
//! **Why.** Each method must then ask AWS' own questions (IAM), or none.
//!
//! **Fix.** Add an `aws_api_gateway_authorizer`, or use `AWS_IAM` on each method.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//! }
//!
//! resource "aws_api_gateway_authorizer" "web" {
//!   name           = "web"
//!   rest_api_id    = aws_api_gateway_rest_api.web.id
//!   authorizer_uri = "arn:aws:apigateway:eu-west-3:lambda:path/x"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "api" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_rest_api" "web" {
//!   name = "web"
//! }
//!
//! resource "aws_api_gateway_authorizer" "web" {
//!   name           = "web"
//!   rest_api_id    = var.api
//!   authorizer_uri = "arn:aws:apigateway:eu-west-3:lambda:path/x"
//! }
//! ```
//!
//! **Limits.** An API all of whose methods ask for `AWS_IAM` needs none, and passes.

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API004",
    name: "authorizer",
    severity: Severity::Medium,
    resources: &["aws_api_gateway_rest_api"],
    aliases: &["0a96ce49-4163-4ee6-8169-eb3b0797d694"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_rest_api",
    ],
};

/// Judges an API.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = check.companions(it, "aws_api_gateway_authorizer", "rest_api_id").exist();
    let methods = check.companions(it, "aws_api_gateway_method", "rest_api_id");
    let signed = methods
        .exist()
        .and(!methods.any(|method| !method.text("authorization").is(|kind| kind == "AWS_IAM")));
    check.require(own.or_else(signed), "the API has no authorizer", "the API has an authorizer");
}
