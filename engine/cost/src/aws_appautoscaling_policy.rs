//! Scaling policies cost nothing, but target tracking makes alarms of its own, which do.
//! <https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html>

use crate::aws_cloudwatch_metric_alarm::ALARM;
use crate::bill::Bill;
use crate::quantity::Quantity;
use model::{AppautoscalingPolicy, Attr};

pub(crate) fn write<'a>(policy: &AppautoscalingPolicy<'a>, bill: &mut Bill<'_, 'a>) {
    match &policy.policy_type {
        Attr::Known("TargetTrackingScaling", _) => tracking_alarms(bill),
        Attr::Known(..) | Attr::Null(_) => {}
        Attr::Unknown(_) => bill.unsupported("`policy_type` is not known yet"),
    }
}

/// The alarm to scale out and the alarm to scale in.
pub(crate) fn tracking_alarms(bill: &mut Bill<'_, '_>) {
    let alarms = Quantity::derived(2, "target tracking makes one to scale out and one to scale in");
    bill.line("alarms of the policy", &ALARM, alarms);
}
