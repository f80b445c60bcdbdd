//! `aws_cloudwatch_log_group`: `CloudWatch` Logs `DescribeLogGroups`, by name.

use super::search;
use crate::args::Args;
use crate::aws_cloudwatch_log_group::{arn, describe, tags_of};
use crate::draft::Draft;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("name").unwrap_or_default();
    let group = describe(aws, name).await?;
    let group = group.ok_or_else(|| search::none(&format!("log group `{name}`")))?;
    draft
        .set("id", name)
        .set("arn", arn(&group))
        .set("creation_time", group.creation_time())
        .set("kms_key_id", group.kms_key_id())
        .set("log_group_class", group.log_group_class().map(|class| class.as_str()))
        .set("retention_in_days", group.retention_in_days());
    tags::tell(draft, tags_of(aws, arn(&group)).await?);
    Ok(())
}
