//! `aws_subnets`: the ids of all that EC2 `DescribeSubnets` finds by tags and filters. None is an answer.

use super::search;
use crate::args::Args;
use crate::draft::Draft;
use crate::failure::fail;
use crate::provider::Aws;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let call = aws.calls.ec2.describe_subnets().set_filters(search::filters(args, &[]));
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let all = all.map_err(fail("ec2:DescribeSubnets"))?;
    let ids: Vec<_> = all.iter().filter_map(|subnet| subnet.subnet_id()).collect();
    draft.set("id", aws.region()).set("ids", ids);
    Ok(())
}
