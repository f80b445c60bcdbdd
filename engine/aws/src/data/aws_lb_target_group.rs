//! `aws_lb_target_group`: Elastic Load Balancing `DescribeTargetGroups`, by ARN or name, else all; then by tags.

use super::search;
use crate::args::Args;
use crate::aws_lb_target_group::{attributes, tell};
use crate::draft::Draft;
use crate::elb;
use crate::failure::found;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let arns = search::ids(args, "arn");
    let names = search::ids(args, "name").filter(|_| arns.is_none());
    let call = aws.calls.elb.describe_target_groups().set_target_group_arns(arns);
    let call = call.set_names(names).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let mut all = found("elasticloadbalancing:DescribeTargetGroups", all)?.unwrap_or_default();
    let arns = all.iter().filter_map(|group| group.target_group_arn.clone()).collect();
    let so = elb::tagged_so(aws, args, arns).await?;
    all.retain(|group| so.iter().any(|arn| group.target_group_arn() == Some(arn)));
    let narrows = "`arn`, `name` or `tags`";
    let group = search::only("target group", narrows, all, |group| group.target_group_arn())?;
    let arn = group.target_group_arn().unwrap_or_default();
    let (actual, tags) = tokio::try_join!(attributes(aws, arn), elb::read_tags(aws, arn))?;
    tell(draft, args, &group, &actual);
    draft.set("id", arn);
    tags::tell(draft, tags);
    Ok(())
}
