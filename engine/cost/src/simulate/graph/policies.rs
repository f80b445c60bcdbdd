//! Scaling policies of a target, and the alarms that call them.

use super::super::clock::minutes;
use super::super::scaling::{
    Adjustment, Alarm, Comparison, Metric, Missing, Step, StepScaling, TargetTracking,
};
use crate::bill::written;
use model::{AppautoscalingPolicy, AppautoscalingTarget, Attr, Model, field};
use stack::{Resource, Value};

/// The policies that the engine knows.
#[derive(Default)]
pub(super) struct Policies {
    pub(super) tracking: Vec<TargetTracking>,
    pub(super) steps: Vec<StepScaling>,
}

/// Seconds of cooldown of an ECS service when none are written.
const COOLDOWN: u32 = 300;

/// Reads all policies of a target. One that cannot be simulated is noted.
pub(super) fn read<'a>(
    target: &AppautoscalingTarget<'a>,
    model: &Model<'a>,
    notes: &mut Vec<String>,
) -> Policies {
    let mut policies = Policies::default();
    for policy in model.all::<AppautoscalingPolicy<'_>>() {
        if !belongs(policy.resource, &policy.resource_id, target) {
            continue;
        }
        let read = match policy.policy_type {
            Attr::Known("TargetTrackingScaling", _) => {
                tracking(policy.resource).map(|policy| policies.tracking.push(policy))
            }
            Attr::Known("StepScaling", _) | Attr::Null(_) => {
                steps(policy, model).map(|mut steps| policies.steps.append(&mut steps))
            }
            Attr::Known(other, _) => Err(format!("banana does not simulate `{other}`")),
            Attr::Unknown(_) => Err("`policy_type` is not known yet".to_owned()),
        };
        if let Err(why) = read {
            notes.push(format!("{} is not simulated: {why}", policy.resource.address));
        }
    }
    policies
}

/// True when a policy or an action is one of a target: by the same `resource_id`, or by a reference.
pub(super) fn belongs<'a>(
    resource: &Resource,
    id: &Attr<'a, &'a str>,
    target: &AppautoscalingTarget<'a>,
) -> bool {
    match (id, &target.resource_id) {
        (Attr::Known(a, _), Attr::Known(b, _)) => a == b,
        _ => resource.edges.iter().any(|edge| edge.to == target.id),
    }
}

fn block<'a>(resource: &'a Resource, name: &str) -> Option<&'a Value> {
    written(resource, name).elements().next()
}

#[expect(clippy::cast_possible_truncation, reason = "targets and thresholds are small numbers")]
fn number(value: &Value) -> Option<f32> {
    let number = crate::bill::decimal(value)?;
    rust_decimal::prelude::ToPrimitive::to_f64(&number).map(|number| number as f32)
}

fn seconds(value: &Value) -> u32 {
    value.as_i64().and_then(|s| u32::try_from(s).ok()).unwrap_or(COOLDOWN).min(86_400 * 31)
}

fn tracking(resource: &Resource) -> Result<TargetTracking, String> {
    let block = block(resource, "target_tracking_scaling_policy_configuration")
        .ok_or("its configuration is not known yet")?;
    let predefined = field(block, "predefined_metric_specification").elements().next();
    let metric = predefined.map(|block| field(block, "predefined_metric_type"));
    let metric = match metric.and_then(Value::as_str) {
        Some("ECSServiceAverageCPUUtilization") => Metric::Cpu,
        Some("ECSServiceAverageMemoryUtilization") => Metric::Memory,
        Some("ALBRequestCountPerTarget") => Metric::Requests,
        Some(other) => return Err(format!("banana does not simulate the metric `{other}`")),
        None => return Err("it tracks a metric of its own".into()),
    };
    let target = number(field(block, "target_value")).filter(|target| *target > 0.0);
    Ok(TargetTracking {
        metric,
        target: target.ok_or("`target_value` is not a number above 0")?,
        scale_out_cooldown: minutes(seconds(field(block, "scale_out_cooldown"))),
        scale_in_cooldown: minutes(seconds(field(block, "scale_in_cooldown"))),
        scale_in: !matches!(field(block, "disable_scale_in").kind, stack::Kind::Bool(true)),
    })
}

/// A step scaling policy, once for each alarm that calls it.
fn steps<'a>(
    policy: &AppautoscalingPolicy<'a>,
    model: &Model<'a>,
) -> Result<Vec<StepScaling>, String> {
    let block = block(policy.resource, "step_scaling_policy_configuration")
        .ok_or("its configuration is not known yet")?;
    let adjustment = match field(block, "adjustment_type").as_str() {
        Some("ChangeInCapacity") => Adjustment::ChangeInCapacity,
        Some("ExactCapacity") => Adjustment::ExactCapacity,
        Some("PercentChangeInCapacity") => Adjustment::PercentChangeInCapacity,
        _ => return Err("its `adjustment_type` is not known".into()),
    };
    let mut steps = Vec::new();
    for step in field(block, "step_adjustment").elements() {
        let bound = |name, none| match field(step, name) {
            value if value.is_null() => Some(none),
            value => number(value),
        };
        let lower = bound("metric_interval_lower_bound", f32::NEG_INFINITY);
        let upper = bound("metric_interval_upper_bound", f32::INFINITY);
        let by = field(step, "scaling_adjustment").as_i64().and_then(|by| i32::try_from(by).ok());
        let (Some(lower), Some(upper), Some(by)) = (lower, upper, by) else {
            return Err("a step of it is not known yet".into());
        };
        steps.push(Step { lower, upper, by });
    }
    let least = field(block, "min_adjustment_magnitude").as_i64().unwrap_or(0);
    let callers: Vec<&Resource> = model
        .instances("aws_cloudwatch_metric_alarm")
        .iter()
        .filter_map(|id| model.stack().resource(*id))
        .filter(|alarm| calls(alarm, policy, model))
        .collect();
    if callers.is_empty() {
        return Err("no alarm of the stack calls it".into());
    }
    callers
        .into_iter()
        .map(|caller| {
            let alarm = alarm(caller).map_err(|why| format!("{}: {why}", caller.address))?;
            Ok(StepScaling {
                alarm,
                adjustment,
                steps: steps.clone(),
                least: u32::try_from(least).unwrap_or(0),
                cooldown: minutes(seconds(field(block, "cooldown"))),
            })
        })
        .collect()
}

fn calls<'a>(alarm: &'a Resource, policy: &AppautoscalingPolicy<'a>, model: &Model<'a>) -> bool {
    let actions = written(alarm, "alarm_actions");
    let points = |action| model.points(action, alarm, policy.id) == Some(true);
    actions.elements().any(points)
        || (actions.is_unknown() && alarm.edges.iter().any(|edge| edge.to == policy.id))
}

fn alarm(resource: &Resource) -> Result<Alarm, String> {
    let text = |name| written(resource, name).as_str();
    let whole = |name, default: i64| {
        let value = written(resource, name);
        if value.is_null() { Some(default) } else { value.as_i64() }
    };
    let metric = match (text("namespace"), text("metric_name")) {
        (Some("AWS/ECS"), Some("CPUUtilization")) => Metric::Cpu,
        (Some("AWS/ECS"), Some("MemoryUtilization")) => Metric::Memory,
        (Some("AWS/ApplicationELB"), Some("RequestCountPerTarget")) => Metric::Requests,
        _ => return Err("banana does not simulate its metric".into()),
    };
    let comparison = match text("comparison_operator") {
        Some("GreaterThanThreshold") => Comparison::Above,
        Some("GreaterThanOrEqualToThreshold") => Comparison::AtLeast,
        Some("LessThanThreshold") => Comparison::Below,
        Some("LessThanOrEqualToThreshold") => Comparison::AtMost,
        _ => return Err("banana does not simulate its comparison".into()),
    };
    let period = whole("period", 60).filter(|seconds| *seconds >= 60 && seconds % 60 == 0);
    let period = period.and_then(|seconds| u32::try_from(seconds / 60).ok());
    let period =
        period.filter(|minutes| *minutes <= 24 * 60).ok_or("its period is not whole minutes")?;
    let evaluated = whole("evaluation_periods", 1).and_then(|n| u32::try_from(n).ok());
    let evaluated = evaluated.filter(|n| (1..=32).contains(n));
    let evaluated = evaluated.ok_or("banana simulates 1 to 32 evaluation periods")?;
    let breaching = whole("datapoints_to_alarm", i64::from(evaluated));
    let breaching = breaching.and_then(|n| u32::try_from(n).ok()).unwrap_or(evaluated);
    let threshold = number(written(resource, "threshold")).ok_or("its threshold is not known")?;
    // The sum over the targets of a period is the average minute times its minutes.
    #[expect(clippy::cast_precision_loss, reason = "a day has 1,440 minutes")]
    let threshold = match (metric, text("statistic")) {
        (_, Some("Average")) => threshold,
        (Metric::Requests, Some("Sum")) => threshold / period as f32,
        _ => return Err("banana simulates the statistic `Average`, and `Sum` of requests".into()),
    };
    let missing = match text("treat_missing_data") {
        Some("breaching") => Missing::Breaching,
        Some("notBreaching") => Missing::NotBreaching,
        Some("ignore") => Missing::Ignore,
        _ => Missing::Missing,
    };
    let breaching = breaching.clamp(1, evaluated);
    Ok(Alarm { metric, comparison, threshold, period, evaluated, breaching, missing })
}
