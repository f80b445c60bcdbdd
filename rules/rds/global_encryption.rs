//! # A global cluster is not encrypted
//!
//! The global cluster keeps its data in plain text, in every region.
//!
//! **Why.** A snapshot that is shared by mistake shows all of it.
//!
//! **Fix.** Set `storage_encrypted = true`, or take an encrypted cluster as `source_db_cluster_identifier`.
//!
//! ```hcl,fail
//! resource "aws_rds_global_cluster" "main" {
//!   global_cluster_identifier = "main"
//!   engine                    = "aurora-postgresql"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_rds_global_cluster" "main" {
//!   global_cluster_identifier = "main"
//!   engine                    = "aurora-postgresql"
//!   storage_encrypted         = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_rds_global_cluster" "main" {
//!   global_cluster_identifier = "main"
//!   engine                    = "aurora-postgresql"
//!   storage_encrypted         = var.on
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS008",
    name: "global-encryption",
    severity: Severity::High,
    resources: &["aws_rds_global_cluster"],
    aliases: &["CKV_AWS_140"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/rds_global_cluster",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("encrypt the global cluster", &[Want::set("storage_encrypted", "true")]);

/// Judges a global cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let encrypted = it.flag("storage_encrypted").or_else(it.is_set("source_db_cluster_identifier"));
    check.require(
        encrypted,
        "the global cluster is not encrypted",
        "the global cluster is encrypted",
    );
}
