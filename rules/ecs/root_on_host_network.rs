//! # Root stands in the host's network
//!
//! The task uses the host's network, and a container runs as root or says no user.
//!
//! **Why.** It can listen for, and forge, whatever the machine sends.
//!
//! **Fix.** Use `network_mode = "awsvpc"`, or set `user` in each container.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   network_mode          = "host"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   network_mode          = "awsvpc"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "mode" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   network_mode          = var.mode
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr, Json};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS030",
    name: "root-on-host-network",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &["ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK"],
    controls: &[("FSBP", "ECS.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-1"],
};

/// Judges a task definition.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "root stands in the host's network";
    let host = it.text("network_mode").is(|mode| mode == "host");
    if host.is_false() {
        return;
    }
    let document = Json::read(it.text("container_definitions").attr.value());
    let Attr::Known(containers, _) = document.elements() else {
        check.require(!host, WRONG, WRONG);
        return;
    };
    for container in containers {
        let user = At { path: "container_definitions".into(), attr: container.get("user").text() };
        let named = user.is(|user| !matches!(user.split(':').next(), Some("" | "0" | "root")));
        let privileged = container.get("privileged").text();
        let privileged =
            At { path: "container_definitions".into(), attr: privileged }.is(|on| on == "true");
        check.require((!host.clone()).or_else(named.or_else(privileged)), WRONG, WRONG);
    }
}
