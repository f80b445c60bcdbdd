//! # A database's certificate has ended
//!
//! The database shows a certificate of an authority that ended in 2024 or earlier.
//!
//! **Why.** Clients that check certificates cannot connect; the others do not know whom they talk to.
//!
//! **Fix.** Set `ca_cert_identifier = "rds-ca-rsa2048-g1"`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine             = "postgres"
//!   instance_class     = "db.t4g.micro"
//!   ca_cert_identifier = "rds-ca-2019"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine             = "postgres"
//!   instance_class     = "db.t4g.micro"
//!   ca_cert_identifier = "rds-ca-rsa2048-g1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "ca" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine             = "postgres"
//!   instance_class     = "db.t4g.micro"
//!   ca_cert_identifier = var.ca
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS015",
    name: "ca-certificate",
    severity: Severity::High,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &["CKV_AWS_211", "9f40c07e-699e-4410-8856-3ba0f2e3a2dd", "AC_AWS_0057"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance",
    ],
};

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let ended = it.text("ca_cert_identifier").is(|ca| matches!(ca, "rds-ca-2015" | "rds-ca-2019"));
    check.require(
        !ended,
        "the database's certificate has ended",
        "the database's certificate is valid",
    );
}
