//! # A table is not encrypted with a key of your own
//!
//! The table uses a key that AWS owns.
//!
//! **Why.** There is no log of each use, and no key to take away.
//!
//! **Fix.** Add `server_side_encryption` with `enabled = true` and a `kms_key_arn`.
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
//!   name         = "users"
//!   billing_mode = "PAY_PER_REQUEST"
//!   hash_key     = "id"
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//!   server_side_encryption {
//!     enabled     = true
//!     kms_key_arn = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_dynamodb_table" "users" {
//!   name         = "users"
//!   billing_mode = "PAY_PER_REQUEST"
//!   hash_key     = "id"
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//!   server_side_encryption {
//!     enabled     = true
//!     kms_key_arn = var.key
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "DDB002",
    name: "table-key",
    severity: Severity::Low,
    resources: &["aws_dynamodb_table", "aws_dynamodb_table_replica"],
    aliases: &[
        "CKV_AWS_119",
        "CKV_AWS_271",
        "AVD-AWS-0025",
        "aws-dynamodb-table-customer-key",
        "ce089fd4-1406-47bd-8aad-c259772bb294",
        "AC_AWS_0457",
        "DYNAMODB_TABLE_ENCRYPTED_KMS",
        "DYNAMODB_TABLE_MUST_BE_ENCRYPTED",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/dynamodb_table",
    ],
};

/// Judges a table.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = match it.ty() {
        "aws_dynamodb_table" => it
            .flag("server_side_encryption.enabled")
            .and(check.own_key(it.text("server_side_encryption.kms_key_arn"))),
        _ => check.own_key(it.text("kms_key_arn")),
    };
    check.require(
        own,
        "the table is not encrypted with a key of your own",
        "the table has a key of your own",
    );
}
