//! `aws_appautoscaling_policy`: Application Auto Scaling `PutScalingPolicy`, which overwrites, so a create looks first;
//! `DeleteScalingPolicy`. Its key is its name with the target's key.

use crate::args::Args;
use crate::aws_appautoscaling_target;
use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{fail, taken};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::wire::{self, Answer, adding};
use aws_sdk_applicationautoscaling::types::ScalingPolicy as ApiPolicy;
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct ScalingPolicy;

const DIALECT: Dialect = Dialect {
    ty: "aws_appautoscaling_policy",
    capital: true,
    names: &[
        ("metric_interval_lower_bound", "MetricIntervalLowerBound", Form::Number),
        ("metric_interval_upper_bound", "MetricIntervalUpperBound", Form::Number),
        ("name", "PolicyName", Form::Same),
        ("step_adjustment", "StepAdjustments", Form::List),
    ],
};

const KEY: [&str; 4] = ["name", "resource_id", "scalable_dimension", "service_namespace"];

const FIELDS: [&str; 3] = [
    "policy_type",
    "step_scaling_policy_configuration",
    "target_tracking_scaling_policy_configuration",
];

impl Resource for ScalingPolicy {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.planned.str("name").unwrap_or_default();
        if describe(aws, new.planned).await?.is_some() {
            let what = format!("the scaling policy `{name}`");
            return Err(taken("application-autoscaling:PutScalingPolicy", &what));
        }
        let mut draft = new.draft(name);
        draft.set("arn", put(aws, new.planned).await?);
        Ok(draft)
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let Some((policy, answer)) = describe(aws, new.planned).await? else { return Ok(None) };
        let mut draft = new.draft(policy.policy_name());
        let asked = draft.value();
        DIALECT.write(&mut draft, &FIELDS, &answer);
        let ours = !Args(&asked).any_differs(Args(&draft.value()), &FIELDS);
        draft.set("arn", policy.policy_arn());
        Ok(ours.then_some(draft))
    }

    /// `ecs/service/web/web/ecs:service:DesiredCount/cpu`
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        let parts = id.rsplit_once('/').and_then(|(target, name)| {
            let mut parts = aws_appautoscaling_target::key_of(target)?;
            parts.extend([("name", name.into()), ("id", name.into())]);
            Some(parts)
        });
        parts.unwrap_or_default()
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some((policy, answer)) = describe(aws, known.object).await? else { return Ok(None) };
        let alarms = policy.alarms().iter().map(|alarm| alarm.alarm_arn().to_owned());
        let mut draft = known.draft();
        draft.set("arn", policy.policy_arn()).set("alarm_arns", alarms.collect::<Vec<_>>());
        DIALECT.write(&mut draft, &FIELDS, &answer);
        Ok(Some(Seen::ready(draft).agreeing(known, &FIELDS)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&FIELDS)?;
        if change.touches(&FIELDS) {
            put(aws, change.planned).await?;
        }
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws
            .calls
            .scaling
            .delete_scaling_policy()
            .set_policy_name(known.object.text("name"))
            .set_resource_id(known.object.text("resource_id"))
            .set_scalable_dimension(known.object.choice("scalable_dimension"))
            .set_service_namespace(known.object.choice("service_namespace"));
        let answer = call.send().await;
        answer.map(drop).map_err(fail("application-autoscaling:DeleteScalingPolicy"))
    }
}

/// Makes the policy or overwrites it. Its ARN.
async fn put(aws: &Aws, args: Args<'_>) -> Result<Option<String>, Failure> {
    let members = DIALECT.members(args, &[&KEY[..], &FIELDS].concat());
    let call = aws.calls.scaling.put_scaling_policy().customize().map_request(adding(members));
    let answer = call.send().await.map_err(fail("application-autoscaling:PutScalingPolicy"))?;
    Ok(Some(answer.policy_arn))
}

async fn describe(aws: &Aws, args: Args<'_>) -> Result<Option<(ApiPolicy, Json)>, Failure> {
    let answer = Answer::default();
    let call = aws
        .calls
        .scaling
        .describe_scaling_policies()
        .set_policy_names(args.text("name").map(|name| vec![name]))
        .set_resource_id(args.text("resource_id"))
        .set_scalable_dimension(args.choice("scalable_dimension"))
        .set_service_namespace(args.choice("service_namespace"));
    let sent = call.customize().interceptor(answer.clone()).send().await;
    let sent = sent.map_err(fail("application-autoscaling:DescribeScalingPolicies"))?;
    let mut policies = sent.scaling_policies.into_iter().flatten().enumerate();
    let policy = policies.find(|(_, policy)| Some(policy.policy_name()) == args.str("name"));
    Ok(policy.map(|(n, policy)| (policy, wire::nth(answer.take(), "ScalingPolicies", n))))
}
