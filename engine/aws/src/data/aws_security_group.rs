//! `aws_security_group`: EC2 `DescribeSecurityGroups`, by id, name, VPC, tags and filters.

use super::search;
use crate::args::Args;
use crate::draft::Draft;
use crate::ec2;
use crate::failure::found;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let filters = search::filters(args, &[("group-name", "name"), ("vpc-id", "vpc_id")]);
    let call = aws.calls.ec2.describe_security_groups().set_group_ids(search::ids(args, "id"));
    let call = call.set_filters(filters).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let all = found("ec2:DescribeSecurityGroups", all)?.unwrap_or_default();
    let narrows = "`id`, `name`, `vpc_id`, `tags` or `filter`";
    let group = search::only("security group", narrows, all, |group| group.group_id())?;
    let (id, owner) = (group.group_id().unwrap_or_default(), group.owner_id().unwrap_or_default());
    draft
        .set("id", id)
        .set("arn", aws.ec2_arn(owner, &format!("security-group/{id}")))
        .set("description", group.description())
        .set("name", group.group_name())
        .set("vpc_id", group.vpc_id());
    tags::tell(draft, ec2::read_tags(group.tags()));
    Ok(())
}
