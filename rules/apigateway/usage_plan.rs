//! # Callers of a stage have no limits
//!
//! No usage plan names the stage.
//!
//! **Why.** One caller can take it all.
//!
//! **Fix.** Add an `aws_api_gateway_usage_plan` with `api_stages`.
//!
//! ```hcl,fail
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//!
//! resource "aws_api_gateway_usage_plan" "all" {
//!   name = "all"
//!
//!   api_stages {
//!     api_id = "api-1"
//!     stage  = aws_api_gateway_stage.live.stage_name
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "stage" {
//!   type = string
//! }
//!
//! resource "aws_api_gateway_stage" "live" {
//!   rest_api_id   = "api-1"
//!   deployment_id = "d-1"
//!   stage_name    = "live"
//! }
//!
//! resource "aws_api_gateway_usage_plan" "all" {
//!   name = "all"
//!
//!   api_stages {
//!     api_id = "api-1"
//!     stage  = var.stage
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "API018",
    name: "usage-plan",
    severity: Severity::Low,
    resources: &["aws_api_gateway_stage"],
    aliases: &["c999cf62-0920-40f8-8dda-0caccd66ed7e", "b3a59b8e-94a3-403e-b6e2-527abaf12034"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_stage",
    ],
};

/// Judges a stage.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let name = it.text("stage_name").attr;
    let mut limited = At::certain(false);
    for plan in Instance::all(check.model(), "aws_api_gateway_usage_plan") {
        let stages = plan.blocks("api_stages");
        for stage in stages.attr.known().into_iter().flatten() {
            limited = limited.or_else(stage.text("stage").is(|stage| name.known() == Some(&stage)));
        }
        if let Attr::Unknown(value) = stages.attr {
            limited = limited.or_else(At { path: String::new(), attr: Attr::Unknown(value) });
        }
    }
    check.require(
        At { path: String::new(), ..limited },
        "callers have no limits",
        "callers have limits",
    );
}
