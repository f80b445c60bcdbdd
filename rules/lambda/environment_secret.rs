//! # A secret stands in a function's environment
//!
//! A variable of the function holds an AWS key or a private key.
//!
//! **Why.** Everybody who may describe the function reads it, and it stands in the state.
//!
//! **Fix.** Let the function fetch secrets from Secrets Manager with its role.
//!
//! ```hcl,fail
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!
//!   environment {
//!     variables = {
//!       KEY = "AKIAIOSFODNN7EXAMPLE"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!
//!   environment {
//!     variables = {
//!       STAGE = "test"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "map" {
//!   type = map(string)
//! }
//!
//! resource "aws_lambda_function" "web" {
//!   function_name = "web"
//!   role          = "arn:aws:iam::123456789012:role/web"
//!   filename      = "web.zip"
//!
//!   environment {
//!     variables = var.map
//!   }
//! }
//! ```

use crate::ec2::secret_in_user_data::holds_key;
use check::{Check, Instance, Meta, Severity};
use model::Attr;
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "LAM001",
    name: "environment-secret",
    severity: Severity::Critical,
    resources: &["aws_lambda_function"],
    aliases: &["CKV_AWS_45"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
    ],
};

/// Judges a function.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let variables = it.get::<&Value>("environment.variables");
    if let Attr::Unknown(value) = variables.attr {
        check.unknown(value, variables.path, "it is not known whether a variable holds a key");
        return;
    }
    for (name, value) in variables.attr.value().entries() {
        let secret = name.to_ascii_lowercase().contains("secret");
        if value
            .as_str()
            .is_some_and(|text| holds_key(text) || secret && holds_key(&format!("secret {text}")))
        {
            let path = format!("{}.{name}", variables.path);
            check.fail(value, path, format!("variable `{name}` holds a key")).secret();
        }
    }
}
