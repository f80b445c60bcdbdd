//! # Container Insights is off
//!
//! The cluster does not collect metrics of its services, tasks and containers.
//!
//! **Why.** Without them CPU and memory are known for whole services only: which task leaks or throttles is a guess.
//!
//! **Fix.**
//!
//! ```hcl,pass
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   setting {
//!     name  = "containerInsights"
//!     value = "enabled"
//!   }
//! }
//! ```
//!
//! ```hcl,fail
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "insights" {
//!   type = string
//! }
//!
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   setting {
//!     name  = "containerInsights"
//!     value = var.insights
//!   }
//! }
//! ```
//!
//! **Limits.** A cluster without the setting takes the account's default, which is off unless somebody changed it.

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, EcsCluster, is_written};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS008",
    name: "container-insights",
    severity: Severity::Low,
    resources: &["aws_ecs_cluster"],
    aliases: &[
        "CKV_AWS_65",
        "AVD-AWS-0034",
        "aws-ecs-enable-container-insight",
        "97cb0688-369a-4d26-b1f7-86c4c91231bc",
    ],
    controls: &[("FSBP", "ECS.12")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-12"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "turn Container Insights on",
    &[
        Want::set("setting.name", "\"containerInsights\""),
        Want::set("setting.value", "\"enabled\""),
    ],
);

const OPEN: &str = "it is not known whether Container Insights is on";

/// Judges a cluster.
pub fn check<'a>(cluster: &EcsCluster<'a>, check: &mut Check<'a>) {
    if !is_written(cluster.resource, "setting") {
        check.fail(cluster.setting.value(), "setting", "Container Insights is off");
        return;
    }
    if cluster.setting.has_unknown() {
        check.unknown(cluster.setting.value(), "setting", OPEN);
        return;
    }
    let settings = cluster.setting.elements().iter().filter_map(Attr::known);
    let insights = settings.enumerate().find(|(_, s)| s.name.known() == Some(&"containerInsights"));
    let Some((at, setting)) = insights else {
        check.fail(cluster.setting.value(), "setting", "Container Insights is off");
        return;
    };
    let path = format!("setting[{at}].value");
    match setting.value_ {
        Attr::Known("enabled" | "enhanced", _) => {}
        Attr::Known(_, value) | Attr::Null(value) => {
            check.fail(value, path, "Container Insights is off");
        }
        Attr::Unknown(value) => {
            check.unknown(value, path, OPEN);
        }
    }
}
