//! # A secret is sent to a web server
//!
//! The address or the body of a `http` data source holds a secret: an SSM parameter, a secret, a random password.
//!
//! **Why.** Every plan sends it: to the server, to its log, and to everybody on the way who logs addresses.
//!
//! **Fix.** Take the secret out of the request.
//!
//! ```hcl,fail
//! resource "aws_ssm_parameter" "key" {
//!   name  = "key"
//!   type  = "SecureString"
//!   value = "x"
//! }
//!
//! data "http" "tell" {
//!   url = "https://example.com/?key=${aws_ssm_parameter.key.value}"
//! }
//! ```
//!
//! ```hcl,pass
//! data "http" "tell" {
//!   url = "https://example.com/version"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! data "http" "tell" {
//!   for_each = toset(var.items)
//!
//!   url = "https://example.com/?key=${aws_ssm_parameter.key.value}"
//! }
//!
//! resource "aws_ssm_parameter" "key" {
//!   name  = "key"
//!   type  = "SecureString"
//!   value = "x"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{ABSENT, Part};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SEC005",
    name: "secret-over-http",
    severity: Severity::Critical,
    resources: &["data.http"],
    aliases: &["CKV2_AWS_36", "AVD-AWS-0134", "aws-ssm-avoid-leaks-via-http"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/http",
    ],
};

/// Types whose values are secret.
const SECRET: [&str; 4] = [
    "aws_ssm_parameter",
    "aws_secretsmanager_secret_version",
    "random_password",
    "aws_secretsmanager_random_password",
];

/// Judges a request.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for edge in &it.resource.edges {
        let Some(needed) = check.stack().resource(edge.to) else { continue };
        let parameter = needed.address.ty == "aws_ssm_parameter";
        let plain =
            parameter && Part::of(needed).text("type").is(|kind| kind != "SecureString").is_true();
        if SECRET.contains(&needed.address.ty.as_str()) && !plain {
            let message = format!("`{}` is sent to a web server", needed.address);
            check.fail(&ABSENT, "url", message).also(edge.span, "the secret is put in here");
            return;
        }
    }
}
