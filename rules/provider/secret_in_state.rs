//! # A secret stands in the state
//!
//! The secret is given by an argument that Terraform keeps in its state.
//!
//! **Why.** Everybody who reads the state has it.
//!
//! **Fix.** Use the write-only argument (`password_wo`, `secret_string_wo`, `value_wo`) with an ephemeral value, which no state
//! keeps.
//!
//! ```hcl,fail
//! resource "aws_secretsmanager_secret_version" "db" {
//!   secret_id     = "db"
//!   secret_string = "x"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_secretsmanager_secret_version" "db" {
//!   secret_id                = "db"
//!   secret_string_wo         = "x"
//!   secret_string_wo_version = 1
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_secretsmanager_secret_version" "db" {
//!   secret_id     = "db"
//!   secret_string = var.on ? "x" : null
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "AWS003",
    name: "secret-in-state",
    severity: Severity::Low,
    resources: &[
        "aws_db_instance",
        "aws_rds_cluster",
        "aws_redshift_cluster",
        "aws_docdb_cluster",
        "aws_secretsmanager_secret_version",
        "aws_ssm_parameter",
    ],
    aliases: &["aws_ephemeral_resources", "aws_write_only_arguments"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Judges a resource.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let name = match it.ty() {
        "aws_db_instance" => "password",
        "aws_secretsmanager_secret_version" => "secret_string",
        "aws_ssm_parameter" => "value",
        _ => "master_password",
    };
    if it.ty() == "aws_ssm_parameter"
        && it.text("type").is(|kind| kind == "SecureString").is_false()
    {
        return;
    }
    let kept = At { path: name.into(), ..it.is_set(name) };
    check.require(!kept, "the secret stands in the state", "the secret stands in the state");
}
