//! `aws_security_groups`: all that EC2 `DescribeSecurityGroups` finds by tags and filters. None is an answer.

use super::search;
use crate::args::Args;
use crate::draft::Draft;
use crate::failure::fail;
use crate::provider::Aws;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let call = aws.calls.ec2.describe_security_groups().set_filters(search::filters(args, &[]));
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let all = all.map_err(fail("ec2:DescribeSecurityGroups"))?;
    let arns = all.iter().map(|group| {
        let id = group.group_id().unwrap_or_default();
        aws.ec2_arn(group.owner_id().unwrap_or_default(), &format!("security-group/{id}"))
    });
    let ids: Vec<_> = all.iter().filter_map(|group| group.group_id()).collect();
    let vpcs: Vec<_> = all.iter().map(|group| group.vpc_id().unwrap_or_default()).collect();
    draft
        .set("id", aws.region())
        .set("arns", arns.collect::<Vec<_>>())
        .set("ids", ids)
        .set("vpc_ids", vpcs);
    Ok(())
}
