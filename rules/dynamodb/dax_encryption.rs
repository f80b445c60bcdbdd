//! # A DAX cluster is not encrypted
//!
//! What the cluster keeps of its tables is in plain text.
//!
//! **Why.** The tables are encrypted, and their copy in the cache is not.
//!
//! **Fix.** Add `server_side_encryption { enabled = true }`.
//!
//! ```hcl,fail
//! resource "aws_dax_cluster" "users" {
//!   cluster_name       = "users"
//!   iam_role_arn       = "arn:aws:iam::123456789012:role/dax"
//!   node_type          = "dax.t3.small"
//!   replication_factor = 2
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_dax_cluster" "users" {
//!   cluster_name       = "users"
//!   iam_role_arn       = "arn:aws:iam::123456789012:role/dax"
//!   node_type          = "dax.t3.small"
//!   replication_factor = 2
//!   server_side_encryption {
//!     enabled = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_dax_cluster" "users" {
//!   cluster_name       = "users"
//!   iam_role_arn       = "arn:aws:iam::123456789012:role/dax"
//!   node_type          = "dax.t3.small"
//!   replication_factor = 2
//!   server_side_encryption {
//!     enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "DAX001",
    name: "dax-encryption",
    severity: Severity::High,
    resources: &["aws_dax_cluster"],
    aliases: &[
        "CKV_AWS_47",
        "AVD-AWS-0023",
        "aws-dynamodb-enable-at-rest-encryption",
        "f11aec39-858f-4b6f-b946-0a1bf46c0c87",
        "AC_AWS_0375",
        "DAX_ENCRYPTION_ENABLED",
    ],
    controls: &[("FSBP", "DynamoDB.3")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-3",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("encrypt the cluster", &[Want::set("server_side_encryption.enabled", "true")]);

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("server_side_encryption.enabled"),
        "the cluster is not encrypted",
        "the cluster is encrypted",
    );
}
