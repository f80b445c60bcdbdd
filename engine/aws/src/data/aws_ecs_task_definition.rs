//! `aws_ecs_task_definition`: ECS `DescribeTaskDefinition`, by ARN, by family and revision, or a family's newest.

use super::search;
use crate::args::Args;
use crate::aws_ecs_task_definition::{describe, tell};
use crate::draft::Draft;
use crate::provider::Aws;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let which = args.str("task_definition").unwrap_or_default();
    let found = describe(aws, which).await?;
    let (revision, answer) =
        found.ok_or_else(|| search::none(&format!("task definition `{which}`")))?;
    tell(draft, &revision, &answer);
    let arn = revision.task_definition_arn();
    draft.set("id", arn).set("status", revision.status().map(|status| status.as_str()));
    Ok(())
}
