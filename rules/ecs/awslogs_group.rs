//! # The container's log group does not exist
//!
//! A container logs to Amazon's log service by the `awslogs` driver, and names no group, or one that this stack neither makes nor
//! looks up, without asking the driver to make it; or it names another region than the group's.
//!
//! **Why.** A task whose log group is missing stops with `ResourceInitializationError` before its container starts.
//!
//! **Fix.** Take the name from the `aws_cloudwatch_log_group` itself. For a group that something else makes, take it from a
//! `data "aws_cloudwatch_log_group"`: then the plan fails when it is missing, not the deployment.
//!
//! ```hcl,fail
//! resource "aws_cloudwatch_log_group" "front" {
//!   name              = "/ecs/front"
//!   retention_in_days = 30
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "example.com/front:1"
//!     logConfiguration = {
//!       logDriver = "awslogs"
//!       options = {
//!         awslogs-group         = "ecs/front"
//!         awslogs-region        = "eu-west-3"
//!         awslogs-stream-prefix = "front"
//!       }
//!     }
//!   }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudwatch_log_group" "front" {
//!   name              = "/ecs/front"
//!   retention_in_days = 30
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "example.com/front:1"
//!     logConfiguration = {
//!       logDriver = "awslogs"
//!       options = {
//!         awslogs-group         = aws_cloudwatch_log_group.front.name
//!         awslogs-region        = "eu-west-3"
//!         awslogs-stream-prefix = "front"
//!       }
//!     }
//!   }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "example.com/front:1"
//!     logConfiguration = {
//!       logDriver = "awslogs"
//!       options = {
//!         awslogs-group         = var.group
//!         awslogs-region        = "eu-west-3"
//!         awslogs-stream-prefix = "front"
//!       }
//!     }
//!   }])
//! }
//! ```
//!
//! **Limits.** A group that another stack makes, and whose name is written here as text, is reported: nothing here says that it
//! exists.

use check::{Check, Meta, Severity};
use model::{Attr, CloudwatchLogGroup, EcsTaskDefinition, LogConfiguration, Target, field};
use stack::Str;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS020",
    name: "awslogs-group",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html"],
};

const OPEN: &str = "it is not known whether the container's log group exists";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let Attr::Known(logs, _) = &container.log_configuration else { continue };
        if logs.driver.known().is_none_or(|driver| driver != "awslogs") {
            continue;
        }
        let path = format!("container_definitions[{at}].logConfiguration.options");
        judge(task, logs, &path, check);
    }
}

fn judge<'a>(
    task: &EcsTaskDefinition<'a>,
    logs: &LogConfiguration<'a>,
    path: &str,
    check: &mut Check<'a>,
) {
    let group = logs.option("awslogs-group");
    let made = logs.option("awslogs-create-group").known().is_some_and(|made| made == "true");
    let path = format!("{path}.awslogs-group");
    match &group {
        Attr::Null(value) => {
            check.fail(value, path, "the `awslogs` driver is not told its log group");
        }
        Attr::Known(name, value) => {
            if made {
                return;
            }
            match check.model().target::<CloudwatchLogGroup>(value) {
                Target::Here(group) => region(task, logs, group, check),
                _ if same_document(name, check) || looked_up(name, check) => {}
                _ => {
                    let message = format!(
                        "no log group `{name}` in this stack: tasks do not start without it"
                    );
                    check.fail(value, path, message);
                }
            }
        }
        Attr::Unknown(value) => match check.model().target::<CloudwatchLogGroup>(value) {
            Target::Here(group) => region(task, logs, group, check),
            // A data source fails by itself when there is no such group.
            Target::Elsewhere(_) => {}
            _ => {
                check.unknown(value, path, OPEN);
            }
        },
    }
}

/// True when a group of the stack has the name: the text of a definition carries no reference to it.
fn same_document(name: &Str, check: &Check<'_>) -> bool {
    check.model().called("aws_cloudwatch_log_group", name).is_some()
}

/// True when a data source looks the name up.
fn looked_up(name: &Str, check: &Check<'_>) -> bool {
    let sources = check.model().instances("data.aws_cloudwatch_log_group").iter();
    let mut sources = sources.filter_map(|id| check.stack().resource(*id));
    sources.any(|source| field(&source.config, "name").as_str() == Some(name))
}

/// The driver must look in the region that the group is made in.
fn region<'a>(
    task: &EcsTaskDefinition<'a>,
    logs: &LogConfiguration<'a>,
    group: &CloudwatchLogGroup<'a>,
    check: &mut Check<'a>,
) {
    let stack = check.stack();
    let home = stack
        .providers
        .get(group.resource.provider)
        .and_then(|provider| field(&provider.value, "region").as_str());
    let Attr::Known(asked, value) = logs.option("awslogs-region") else { return };
    if let Some(home) = home.filter(|home| *home != asked.as_str()) {
        let message =
            format!("the log group is in `{home}`, and the container looks for it in `{asked}`");
        check
            .fail(value, "container_definitions", message)
            .also(group.resource.header, "the log group")
            .also(task.resource.header, "the task definition");
    }
}
