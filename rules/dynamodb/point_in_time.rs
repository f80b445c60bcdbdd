//! # A table cannot be turned back
//!
//! Point-in-time recovery is off.
//!
//! **Why.** A wrong script, or an attacker, then costs the data itself.
//!
//! **Fix.** Add `point_in_time_recovery { enabled = true }`.
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
//!   point_in_time_recovery {
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
//! resource "aws_dynamodb_table" "users" {
//!   name         = "users"
//!   billing_mode = "PAY_PER_REQUEST"
//!   hash_key     = "id"
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//!   point_in_time_recovery {
//!     enabled = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "DDB001",
    name: "point-in-time",
    severity: Severity::Medium,
    resources: &["aws_dynamodb_table", "aws_dynamodb_table_replica"],
    aliases: &[
        "CKV_AWS_28",
        "CKV_AWS_165",
        "AVD-AWS-0024",
        "aws-dynamodb-enable-recovery",
        "741f1291-47ac-4a85-a07b-3d32a9d6bd3e",
        "AC_AWS_0458",
        "DYNAMODB_PITR_ENABLED",
    ],
    controls: &[("FSBP", "DynamoDB.2")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "turn point-in-time recovery on",
    &[
        Want::set("point_in_time_recovery.enabled", "true").on("aws_dynamodb_table"),
        Want::set("point_in_time_recovery", "true").on("aws_dynamodb_table_replica"),
    ],
);

/// Judges a table.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let kept = match it.ty() {
        "aws_dynamodb_table" => it.flag("point_in_time_recovery.enabled"),
        _ => it.flag("point_in_time_recovery"),
    };
    check.require(kept, "the table cannot be turned back", "the table can be turned back");
}
