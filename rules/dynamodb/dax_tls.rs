//! # A DAX cluster talks without TLS
//!
//! The cluster's endpoint is in plain text.
//!
//! **Why.** Whoever sits on the way reads the data.
//!
//! **Fix.** Set `cluster_endpoint_encryption_type = "TLS"`.
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
//!   cluster_name                     = "users"
//!   iam_role_arn                     = "arn:aws:iam::123456789012:role/dax"
//!   node_type                        = "dax.t3.small"
//!   replication_factor               = 2
//!   cluster_endpoint_encryption_type = "TLS"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "kind" {
//!   type = string
//! }
//!
//! resource "aws_dax_cluster" "users" {
//!   cluster_name                     = "users"
//!   iam_role_arn                     = "arn:aws:iam::123456789012:role/dax"
//!   node_type                        = "dax.t3.small"
//!   replication_factor               = 2
//!   cluster_endpoint_encryption_type = var.kind
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "DAX002",
    name: "dax-tls",
    severity: Severity::Medium,
    resources: &["aws_dax_cluster"],
    aliases: &["CKV_AWS_239"],
    controls: &[("FSBP", "DynamoDB.7")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-7",
    ],
};

/// What puts it right.
pub const FIX: Fix =
    Fix::risky("talk TLS", &[Want::set("cluster_endpoint_encryption_type", "\"TLS\"")]);

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let tls = it.text("cluster_endpoint_encryption_type").is(|kind| kind == "TLS");
    check.require(tls, "the cluster talks without TLS", "the cluster talks TLS");
}
