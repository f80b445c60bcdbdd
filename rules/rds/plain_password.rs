//! # A database's password stands in the code
//!
//! The master password is written in a file of the stack.
//!
//! **Why.** Everybody who reads the repository, its history or the state has it.
//!
//! **Fix.** Set `manage_master_user_password = true`, or use `password_wo`, or a variable without a default.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "mysql"
//!   instance_class = "db.t4g.micro"
//!   username       = "keeper"
//!   password       = "correct horse"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine                      = "mysql"
//!   instance_class              = "db.t4g.micro"
//!   username                    = "keeper"
//!   manage_master_user_password = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "password" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "mysql"
//!   instance_class = "db.t4g.micro"
//!   username       = "keeper"
//!   password       = var.password
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};
use stack::Origin;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS024",
    name: "plain-password",
    severity: Severity::Critical,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[
        "RDS_MASTER_USER_PASSWORD_USES_SECURE_PARAMETER",
        "RDS_MASTER_USER_PASSWORD_USES_SECURE_SERVICE",
        "RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD",
        "RDS_CLUSTER_MASTER_USER_PASSWORD_USES_SECURE_PARAMETER",
        "RDS_CLUSTER_MASTER_USER_PASSWORD_USES_SECURE_SERVICE",
        "RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD",
        "RDS_MASTER_USER_NAME_USES_SECURE_PARAMETER",
        "RDS_MASTER_USER_NAME_USES_SECURE_SERVICE",
        "RDS_MASTER_USER_NAME_NO_PLAINTEXT_PASSWORD",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for name in ["password", "master_password"] {
        let At { path, attr } = it.text(name);
        match attr {
            Attr::Known(text, value) if !text.is_empty() && value.blame.at.is_some() => {
                check.fail(value, path, "the database's password stands in the code").secret();
            }
            Attr::Unknown(value)
                if value
                    .as_unknown()
                    .is_some_and(|unknown| matches!(unknown.origin, Origin::Variable(_))) =>
            {
                check.unknown(value, path, "it is not known where the password will come from");
            }
            _ => {}
        }
    }
}
