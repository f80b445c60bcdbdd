//! # A table does not grow with its load
//!
//! The table has a fixed capacity, and nothing scales it.
//!
//! **Why.** Above it requests are refused; below it you pay for what nobody uses.
//!
//! **Fix.** Set `billing_mode = "PAY_PER_REQUEST"`, or add an `aws_appautoscaling_target` for the table.
//!
//! ```hcl,fail
//! resource "aws_dynamodb_table" "users" {
//!   name           = "users"
//!   billing_mode   = "PROVISIONED"
//!   read_capacity  = 5
//!   write_capacity = 5
//!   hash_key       = "id"
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
//!   name           = "users"
//!   billing_mode   = "PROVISIONED"
//!   read_capacity  = 5
//!   write_capacity = 5
//!   hash_key       = "id"
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//! }
//!
//! resource "aws_appautoscaling_target" "users" {
//!   max_capacity       = 100
//!   min_capacity       = 5
//!   resource_id        = "table/${aws_dynamodb_table.users.name}"
//!   scalable_dimension = "dynamodb:table:ReadCapacityUnits"
//!   service_namespace  = "dynamodb"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "table" {
//!   type = string
//! }
//!
//! resource "aws_dynamodb_table" "users" {
//!   name           = "users"
//!   billing_mode   = "PROVISIONED"
//!   read_capacity  = 5
//!   write_capacity = 5
//!   hash_key       = "id"
//!
//!   attribute {
//!     name = "id"
//!     type = "S"
//!   }
//! }
//!
//! resource "aws_appautoscaling_target" "users" {
//!   max_capacity       = 100
//!   min_capacity       = 5
//!   resource_id        = var.table
//!   scalable_dimension = "dynamodb:table:ReadCapacityUnits"
//!   service_namespace  = "dynamodb"
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "DDB003",
    name: "table-scaling",
    severity: Severity::Low,
    resources: &["aws_dynamodb_table"],
    aliases: &["CKV2_AWS_16", "DYNAMODB_BILLING_MODE_RULE"],
    controls: &[("FSBP", "DynamoDB.1")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-1",
    ],
};

/// Judges a table.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let on_demand = it.text("billing_mode").is(|mode| mode == "PAY_PER_REQUEST");
    let name = it.text("name").attr;
    let mut scaled = At::certain(false);
    for target in Instance::all(check.model(), "aws_appautoscaling_target") {
        let named = target.text("resource_id").is(|id| {
            let of = id.strip_prefix("table/").map(|rest| rest.split('/').next().unwrap_or(rest));
            of.is_some() && of == name.known().copied()
        });
        let of_tables = target.text("service_namespace").is(|namespace| namespace == "dynamodb");
        scaled = scaled.or_else(of_tables.and(named));
    }
    let scaled = At { path: String::new(), ..scaled };
    check.require(
        on_demand.or_else(scaled),
        "the table does not grow with its load",
        "the table grows with its load",
    );
}
