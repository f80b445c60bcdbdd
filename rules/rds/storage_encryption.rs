//! # A database is not encrypted
//!
//! The database keeps its data, its backups and its snapshots in plain text.
//!
//! **Why.** A snapshot that is shared by mistake shows all of it. Encryption cannot be turned on later without a copy.
//!
//! **Fix.** Set `storage_encrypted = true`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine            = "postgres"
//!   instance_class    = "db.t4g.micro"
//!   storage_encrypted = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine            = "postgres"
//!   instance_class    = "db.t4g.micro"
//!   storage_encrypted = var.on
//! }
//! ```
//!
//! **Limits.** A replica, and a database that is restored from a snapshot, follow their source: they are not judged.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS001",
    name: "storage-encryption",
    severity: Severity::High,
    resources: &["aws_db_instance", "aws_rds_cluster"],
    aliases: &[
        "CKV_AWS_16",
        "AVD-AWS-0080",
        "aws-rds-encrypt-instance-storage-data",
        "08bd0760-8752-44e1-9779-7bb369b2b4e4",
        "AC_AWS_0058",
        "RDS_STORAGE_ENCRYPTED",
        "CKV_AWS_96",
        "AVD-AWS-0079",
        "aws-rds-encrypt-cluster-storage-data",
        "656880aa-1388-488f-a6d4-8f73c23149b2",
        "1a690d1d-0ae7-49fa-b2db-b75ae0dd1d3e",
        "3199c26c-7871-4cb3-99c2-10a59244ce7f",
        "AC_AWS_0186",
    ],
    controls: &[("FSBP", "RDS.3"), ("FSBP", "RDS.27")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-27",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky("encrypt the database", &[Want::set("storage_encrypted", "true")]);

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let serverless = it.text("engine_mode").is(|mode| mode == "serverless");
    let replica = it.is_set("replicate_source_db");
    let encrypted = it.flag("storage_encrypted").or_else(replica).or_else(serverless);
    check.require(encrypted, "the database is not encrypted", "the database is encrypted");
}
