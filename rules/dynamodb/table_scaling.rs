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
//!
//! resource "aws_appautoscaling_policy" "users" {
//!   name               = "users"
//!   policy_type        = "TargetTrackingScaling"
//!   resource_id        = aws_appautoscaling_target.users.resource_id
//!   scalable_dimension = aws_appautoscaling_target.users.scalable_dimension
//!   service_namespace  = aws_appautoscaling_target.users.service_namespace
//!
//!   target_tracking_scaling_policy_configuration {
//!     target_value = 70
//!
//!     predefined_metric_specification {
//!       predefined_metric_type = "DynamoDBReadCapacityUtilization"
//!     }
//!   }
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
//!
//! resource "aws_appautoscaling_policy" "users" {
//!   name               = "users"
//!   policy_type        = "TargetTrackingScaling"
//!   resource_id        = aws_appautoscaling_target.users.resource_id
//!   scalable_dimension = aws_appautoscaling_target.users.scalable_dimension
//!   service_namespace  = aws_appautoscaling_target.users.service_namespace
//!
//!   target_tracking_scaling_policy_configuration {
//!     target_value = 70
//!
//!     predefined_metric_specification {
//!       predefined_metric_type = "DynamoDBReadCapacityUtilization"
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

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

/// Whether a scaling target is of the table: by reference, or by the name in its id when it refers to no table.
fn is_of<'a>(target: &Instance<'a>, table: &Instance<'a>, check: &Check<'a>) -> At<'a, bool> {
    let id = target.text("resource_id");
    let edges = target.resource.edges.iter().filter_map(|edge| check.stack().resource(edge.to));
    let mut tables = edges.filter(|to| to.address.ty == "aws_dynamodb_table").peekable();
    if tables.peek().is_some() {
        let mine = tables.any(|to| to.address == table.resource.address);
        return At { path: id.path, attr: Attr::Known(mine, id.attr.value()) };
    }
    let name = table.text("name").attr;
    id.is(|id| {
        let named = id.strip_prefix("table/").map(|rest| rest.split('/').next().unwrap_or(rest));
        named.is_some() && named == name.known().copied()
    })
}

/// True when a policy scales the target.
fn has_policy(target: &Instance<'_>, check: &Check<'_>) -> bool {
    let id = target.text("resource_id").attr;
    let mut policies = Instance::all(check.model(), "aws_appautoscaling_policy");
    policies.any(|policy| {
        let refers = policy.resource.edges.iter().any(|edge| edge.to == target.id);
        refers || id.known().is_some() && policy.text("resource_id").attr.known() == id.known()
    })
}

/// Judges a table.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let on_demand = it.text("billing_mode").is(|mode| mode == "PAY_PER_REQUEST");
    let mut scaled = At::certain(false);
    for target in Instance::all(check.model(), "aws_appautoscaling_target") {
        let of_tables = target.text("service_namespace").is(|namespace| namespace == "dynamodb");
        let policy = At::certain(has_policy(&target, check));
        scaled = scaled.or_else(of_tables.and(is_of(&target, it, check)).and(policy));
    }
    let scaled = At { path: String::new(), ..scaled };
    check.require(
        on_demand.or_else(scaled),
        "the table does not grow with its load",
        "the table grows with its load",
    );
}
