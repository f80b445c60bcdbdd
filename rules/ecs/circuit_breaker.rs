//! # A failed deployment does not roll back
//!
//! The service has no deployment circuit breaker, or one that does not roll back.
//!
//! **Why.** Without it ECS starts tasks of a broken version again and again, for ever, and the deployment neither succeeds nor
//! fails. With it, but without rollback, the service is left without the tasks that worked.
//!
//! **Fix.**
//!
//! ```hcl,pass
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   deployment_circuit_breaker {
//!     enable   = true
//!     rollback = true
//!   }
//! }
//! ```
//!
//! ```hcl,fail
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "rollback" {
//!   type = bool
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   deployment_circuit_breaker {
//!     enable   = true
//!     rollback = var.rollback
//!   }
//! }
//! ```
//!
//! **Limits.** Deployments that another controller rolls (`CODE_DEPLOY`, `EXTERNAL`) are not judged: the circuit breaker is ECS's own.

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, EcsService};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS007",
    name: "circuit-breaker",
    severity: Severity::Medium,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe(
    "roll failed deployments back",
    &[
        Want::set("deployment_circuit_breaker.enable", "true"),
        Want::set("deployment_circuit_breaker.rollback", "true"),
    ],
);

const PATH: &str = "deployment_circuit_breaker";
const OPEN: &str = "it is not known whether a failed deployment rolls back";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    match service.deployment_controller.as_ref().and_then(|controller| controller.kind) {
        Attr::Known("ECS", _) | Attr::Null(_) => {}
        Attr::Known(..) => return,
        Attr::Unknown(value) => {
            check.unknown(value, "deployment_controller[0].type", OPEN);
            return;
        }
    }
    let breaker = match &service.deployment_circuit_breaker {
        Attr::Known(breaker, _) => breaker,
        Attr::Null(value) => {
            check.fail(
                value,
                PATH,
                "a failed deployment is tried for ever: there is no circuit breaker",
            );
            return;
        }
        Attr::Unknown(value) => {
            check.unknown(value, PATH, OPEN);
            return;
        }
    };
    let wanted = [
        (
            "enable",
            breaker.enable,
            "a failed deployment is tried for ever: the circuit breaker is off",
        ),
        ("rollback", breaker.rollback, "a failed deployment stops, and does not roll back"),
    ];
    for (name, flag, message) in wanted {
        let path = format!("{PATH}[0].{name}");
        match flag {
            Attr::Known(true, _) => {}
            Attr::Known(false, value) | Attr::Null(value) => {
                check.fail(value, path, message);
                return;
            }
            Attr::Unknown(value) => {
                check.unknown(value, path, OPEN);
            }
        }
    }
}
