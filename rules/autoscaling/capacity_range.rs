//! # The greatest capacity is less than the least
//!
//! An autoscaling target's `max_capacity` is below its `min_capacity`.
//!
//! **Why.** AWS refuses it when it is applied; the provider does not notice before.
//!
//! **Fix.** Swap them, or raise the greatest.
//!
//! ```hcl,fail
//! resource "aws_appautoscaling_target" "front" {
//!   service_namespace  = "ecs"
//!   scalable_dimension = "ecs:service:DesiredCount"
//!   resource_id        = "service/main/front"
//!   min_capacity       = 5
//!   max_capacity       = 1
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_appautoscaling_target" "front" {
//!   service_namespace  = "ecs"
//!   scalable_dimension = "ecs:service:DesiredCount"
//!   resource_id        = "service/main/front"
//!   min_capacity       = 1
//!   max_capacity       = 5
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "most" {
//!   type = number
//! }
//!
//! resource "aws_appautoscaling_target" "front" {
//!   service_namespace  = "ecs"
//!   scalable_dimension = "ecs:service:DesiredCount"
//!   resource_id        = "service/main/front"
//!   min_capacity       = 1
//!   max_capacity       = var.most
//! }
//! ```

use check::{Check, Meta, Severity};
use model::{AppautoscalingTarget, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "AAS001",
    name: "capacity-range",
    severity: Severity::High,
    resources: &["aws_appautoscaling_target"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
};

/// Judges a target.
pub fn check<'a>(target: &AppautoscalingTarget<'a>, check: &mut Check<'a>) {
    match (target.min_capacity, target.max_capacity) {
        (Attr::Known(least, at), Attr::Known(most, value)) if most < least => {
            let message =
                format!("the greatest capacity ({most}) is less than the least ({least})");
            let row = check.fail(value, "max_capacity", message);
            if let Some(at) = at.blame.at {
                row.also(at, "the least");
            }
        }
        (Attr::Unknown(value), _) | (_, Attr::Unknown(value)) => {
            check.unknown(
                value,
                "max_capacity",
                "it is not known whether the range of capacity is one",
            );
        }
        _ => {}
    }
}
