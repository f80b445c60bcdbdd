//! `aws_appautoscaling_target`: Application Auto Scaling `RegisterScalableTarget`, which overwrites, so a create looks first;
//! `DeregisterScalableTarget`. Its key is namespace, resource and dimension.

use crate::args::Args;
use crate::dialect::Dialect;
use crate::draft::Draft;
use crate::failure::{fail, found, is_unimplemented, taken};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags::{self, Tags};
use crate::wire::{self, Answer, adding};
use aws_sdk_applicationautoscaling::types::ScalableTarget as ApiTarget;
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct ScalableTarget;

const DIALECT: Dialect = Dialect { ty: "aws_appautoscaling_target", capital: true, names: &[] };

const KEY: [&str; 3] = ["resource_id", "scalable_dimension", "service_namespace"];

const FIELDS: [&str; 4] = ["max_capacity", "min_capacity", "role_arn", "suspended_state"];

impl Resource for ScalableTarget {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let id = new.planned.str("resource_id").unwrap_or_default();
        if describe(aws, new.planned).await?.is_some() {
            let what = format!("the scalable target `{id}`");
            return Err(taken("application-autoscaling:RegisterScalableTarget", &what));
        }
        let members = DIALECT.members(new.planned, &[&KEY[..], &FIELDS].concat());
        let tags = tags::marked(new.planned, new.token).into_iter().collect();
        let call = aws.once.scaling.register_scalable_target().set_tags(Some(tags));
        let answer = call.customize().map_request(adding(members)).send().await;
        let answer = answer.map_err(fail("application-autoscaling:RegisterScalableTarget"))?;
        let mut draft = new.draft(id);
        draft.set("arn", answer.scalable_target_arn());
        Ok(draft)
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let Some((target, _)) = describe(aws, new.planned).await? else { return Ok(None) };
        let arn = target.scalable_target_arn().unwrap_or_default();
        let mut draft = new.draft(target.resource_id());
        draft.set("arn", arn);
        let is_ours = match tags_of(aws, arn).await? {
            Some(tags) => tags::made_by(&tags, new.token),
            None => has_limits(&target, new.planned),
        };
        Ok(is_ours.then_some(draft))
    }

    /// `ecs/service/web/web/ecs:service:DesiredCount`
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        let mut parts = key_of(id).unwrap_or_default();
        let resource = parts.iter().find(|(name, _)| *name == "resource_id");
        if let Some(id) = resource.map(|(_, id)| id.clone()) {
            parts.push(("id", id));
        }
        parts
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some((target, answer)) = describe(aws, known.object).await? else { return Ok(None) };
        let arn = target.scalable_target_arn().unwrap_or_default();
        let mut draft = known.draft();
        draft.set("arn", arn);
        DIALECT.write(&mut draft, &FIELDS, &answer);
        if let Some(tags) = tags_of(aws, arn).await? {
            tags::write(&mut draft, known.object, tags);
        }
        Ok(Some(Seen::ready(draft).agreeing(known, &["max_capacity", "min_capacity"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&FIELDS)?;
        if change.touches(&FIELDS) {
            let members = DIALECT.members(change.planned, &[&KEY[..], &FIELDS].concat());
            let call = aws.calls.scaling.register_scalable_target().customize();
            let answer = call.map_request(adding(members)).send().await;
            answer.map_err(fail("application-autoscaling:RegisterScalableTarget"))?;
        }
        retag(aws, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws
            .calls
            .scaling
            .deregister_scalable_target()
            .set_resource_id(known.object.text("resource_id"))
            .set_scalable_dimension(known.object.choice("scalable_dimension"))
            .set_service_namespace(known.object.choice("service_namespace"));
        let answer = call.send().await;
        answer.map(drop).map_err(fail("application-autoscaling:DeregisterScalableTarget"))
    }
}

/// A target's key, of its namespace, resource and dimension with slashes between them.
pub(crate) fn key_of(id: &str) -> Option<Vec<(&'static str, Json)>> {
    let (namespace, rest) = id.split_once('/')?;
    let (resource, dimension) = rest.rsplit_once('/')?;
    let names = ["service_namespace", "resource_id", "scalable_dimension"];
    Some(names.into_iter().zip([namespace, resource, dimension].map(Json::from)).collect())
}

async fn describe(aws: &Aws, args: Args<'_>) -> Result<Option<(ApiTarget, Json)>, Failure> {
    let answer = Answer::default();
    let call = aws
        .calls
        .scaling
        .describe_scalable_targets()
        .set_resource_ids(args.text("resource_id").map(|id| vec![id]))
        .set_scalable_dimension(args.choice("scalable_dimension"))
        .set_service_namespace(args.choice("service_namespace"));
    let sent = call.customize().interceptor(answer.clone()).send().await;
    let sent = sent.map_err(fail("application-autoscaling:DescribeScalableTargets"))?;
    let target = sent.scalable_targets.into_iter().flatten().next();
    Ok(target.map(|target| (target, wire::first(answer.take(), "ScalableTargets"))))
}

/// Without tags to go by, a target with the limits that are asked for is the one that was asked for: registering it again would
/// change nothing.
fn has_limits(target: &ApiTarget, planned: Args<'_>) -> bool {
    Some(target.min_capacity()) == planned.int("min_capacity")
        && Some(target.max_capacity()) == planned.int("max_capacity")
}

/// The tags; `None` where the endpoint does not know of tags.
async fn tags_of(aws: &Aws, arn: &str) -> Result<Option<Tags>, Failure> {
    let answer = aws.calls.scaling.list_tags_for_resource().resource_arn(arn).send().await;
    if answer.as_ref().is_err_and(|error| is_unimplemented(aws, error)) {
        return Ok(None);
    }
    let answer = found("application-autoscaling:ListTagsForResource", answer)?;
    Ok(Some(answer.and_then(|answer| answer.tags).into_iter().flatten().collect()))
}

async fn retag(aws: &Aws, change: &Change<'_>) -> Result<(), Failure> {
    let (set, removed) = tags::change(change.prior, change.planned);
    let arn = change.prior.str("arn").unwrap_or_default();
    let scaling = &aws.calls.scaling;
    if !removed.is_empty() {
        let call = scaling.untag_resource().resource_arn(arn).set_tag_keys(Some(removed));
        call.send().await.map_err(fail("application-autoscaling:UntagResource"))?;
    }
    if !set.is_empty() {
        let call = scaling.tag_resource().resource_arn(arn);
        let call = call.set_tags(Some(set.into_iter().collect()));
        call.send().await.map_err(fail("application-autoscaling:TagResource"))?;
    }
    Ok(())
}
