//! `aws_ecs_task_definition`: ECS `DescribeTaskDefinition`, by ARN, by family and revision, or a family's newest.

use super::search;
use crate::args::Args;
use crate::aws_ecs_task_definition::{describe, tell};
use crate::draft::Draft;
use crate::provider::Aws;
use plan::Failure;
use serde_json::Value as Json;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let which = args.str("task_definition").unwrap_or_default();
    let found = describe(aws, which).await?;
    let (revision, answer) =
        found.ok_or_else(|| search::none(&format!("task definition `{which}`")))?;
    tell(draft, &revision, &answer);
    let containers = draft.str("container_definitions").map(without_idle_shares);
    draft.set("container_definitions", containers);
    let arn = revision.task_definition_arn();
    draft.set("id", arn).set("status", revision.status().map(|status| status.as_str()));
    Ok(())
}

/// The containers as Terraform tells them: no share of the processor is no member.
fn without_idle_shares(text: &str) -> String {
    let mut all: Json = serde_json::from_str(text).unwrap_or_default();
    for container in all.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut) {
        if container.get("cpu").and_then(Json::as_i64) == Some(0) {
            container.remove("cpu");
        }
    }
    all.to_string()
}
