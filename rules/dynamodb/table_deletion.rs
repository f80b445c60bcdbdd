//! # A table can be deleted by mistake
//!
//! Deletion protection is off.
//!
//! **Why.** One wrong `destroy`, or a change that replaces the table, and the data is gone.
//!
//! **Fix.** Set `deletion_protection_enabled = true`.
//!
//! ```hcl,fail
//! resource "aws_dynamodb_table" "users" {
//!   name         = "users"
//!   billing_mode = "PAY_PER_REQUEST"
//!   hash_key     = "id"
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_dynamodb_table" "users" {
//!   name                        = "users"
//!   billing_mode                = "PAY_PER_REQUEST"
//!   hash_key                    = "id"
//!   deletion_protection_enabled = true
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_dynamodb_table" "users" {
//!   name                        = "users"
//!   billing_mode                = "PAY_PER_REQUEST"
//!   hash_key                    = "id"
//!   deletion_protection_enabled = var.on
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "DDB004",
    name: "table-deletion",
    severity: Severity::Medium,
    resources: &["aws_dynamodb_table"],
    aliases: &[],
    controls: &[("FSBP", "DynamoDB.6")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-6",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "protect the table from deletion",
    &[Want::set("deletion_protection_enabled", "true")],
);

/// Judges a table.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.flag("deletion_protection_enabled"),
        "the table can be deleted by mistake",
        "the table is protected from deletion",
    );
}
