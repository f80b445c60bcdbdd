//! # The number of tasks never changes
//!
//! No `aws_appautoscaling_target` of the stack is about the service, or no policy moves the one that is.
//!
//! **Why.** A fixed count is paid for at night and too small on the day that matters.
//!
//! **Fix.** Give the service a target and a policy, and let the service ignore changes of `desired_count`.
//!
//! ```hcl,fail
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   cluster         = aws_ecs_cluster.main.id
//!   task_definition = "front:1"
//!   desired_count   = 2
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   cluster         = aws_ecs_cluster.main.id
//!   task_definition = "front:1"
//!   desired_count   = 2
//! }
//!
//! resource "aws_appautoscaling_target" "front" {
//!   service_namespace  = "ecs"
//!   scalable_dimension = "ecs:service:DesiredCount"
//!   resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.front.name}"
//!   min_capacity       = 2
//!   max_capacity       = 6
//! }
//!
//! resource "aws_appautoscaling_policy" "front" {
//!   name               = "cpu"
//!   policy_type        = "TargetTrackingScaling"
//!   service_namespace  = aws_appautoscaling_target.front.service_namespace
//!   scalable_dimension = aws_appautoscaling_target.front.scalable_dimension
//!   resource_id        = aws_appautoscaling_target.front.resource_id
//!
//!   target_tracking_scaling_policy_configuration {
//!     target_value = 60
//!
//!     predefined_metric_specification {
//!       predefined_metric_type = "ECSServiceAverageCPUUtilization"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "scaled" {
//!   type = string
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!   desired_count   = 2
//! }
//!
//! resource "aws_appautoscaling_target" "some" {
//!   service_namespace  = "ecs"
//!   scalable_dimension = "ecs:service:DesiredCount"
//!   resource_id        = var.scaled
//!   min_capacity       = 2
//!   max_capacity       = 6
//! }
//! ```
//!
//! **Limits.** Daemons (one task an instance) and services that want no task are not judged. Scheduled actions are not looked
//! at: a target that only they move is reported.

use check::{Check, Meta, Severity};
use model::{
    AppautoscalingPolicy, AppautoscalingTarget, Arn, Attr, EcsCluster, EcsService, Target,
    is_written,
};
use stack::{Kind, Origin, Value};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS009",
    name: "service-autoscaling",
    severity: Severity::Medium,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
    ],
};

const OPEN: &str = "it is not known whether the number of tasks follows the load";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let daemon = service.scheduling_strategy.known() == Some(&"DAEMON");
    if daemon || matches!(service.desired_count, Attr::Known(0, _) | Attr::Null(_)) {
        return;
    }
    let model = check.model();
    let id = resource_id(service, check);
    let (mut target, mut open) = (None, None);
    for candidate in model.all::<AppautoscalingTarget>() {
        match is_about(service, id.as_deref(), candidate.resource_id.value()) {
            Some(true) => target = target.or(Some(candidate)),
            Some(false) => {}
            None => open = open.or(Some(candidate.resource_id.value())),
        }
    }
    if let Some(target) = target {
        let mut policies = model.all::<AppautoscalingPolicy>().iter();
        let moved = policies.any(|policy| {
            is_about(service, id.as_deref(), policy.resource_id.value()) != Some(false)
        });
        if !moved {
            let message = "the number of tasks has a range, and no policy that moves it";
            check
                .fail(service.desired_count.value(), "desired_count", message)
                .also(target.resource.header, "the range");
        }
        return;
    }
    if let Some(value) = open {
        check.unknown(value, "desired_count", OPEN);
        return;
    }
    let count = service.desired_count.known().map(|count| format!(" at {count}"));
    let message = format!(
        "the number of tasks is fixed{}: nothing scales it with the load",
        count.unwrap_or_default()
    );
    check.fail(service.desired_count.value(), "desired_count", message);
}

/// `service/cluster/name`, when both are known.
fn resource_id<'a>(service: &EcsService<'a>, check: &Check<'a>) -> Option<String> {
    if !is_written(service.resource, "cluster") {
        return Some(format!("service/default/{}", service.name.known()?));
    }
    let cluster = match check.model().target::<EcsCluster>(service.cluster.value()) {
        Target::Here(cluster) => (*cluster.name.known()?).to_owned(),
        Target::Nothing(_) => "default".into(),
        Target::Elsewhere(value) => {
            let text = value.as_str()?;
            Arn::parse(text).map_or(text, |arn| arn.name()).to_owned()
        }
        Target::Unknown(_) => return None,
    };
    Some(format!("service/{cluster}/{}", service.name.known()?))
}

/// Whether a resource id of autoscaling is the service's: by its text, or by what an unknown text is made of.
fn is_about(service: &EcsService<'_>, id: Option<&str>, value: &Value) -> Option<bool> {
    match &value.kind {
        Kind::String(text) => {
            if let Some(id) = id {
                return Some(text == id);
            }
            let name = service.name.known()?;
            if text.rsplit('/').next() == Some(name) { None } else { Some(false) }
        }
        Kind::Unknown(unknown) => {
            let address = &service.resource.address;
            let mut origins = vec![&unknown.origin];
            while let Some(origin) = origins.pop() {
                match origin {
                    Origin::Resource { address: found, .. } if found.ty == address.ty => {
                        return Some(found == address);
                    }
                    Origin::Derived(from) => origins.extend(from.iter()),
                    _ => {}
                }
            }
            None
        }
        _ => Some(false),
    }
}
