//! `aws_nat_gateway`: EC2 `DescribeNatGateways`, by id, place, state, tags and filters.

use super::search;
use crate::args::Args;
use crate::aws_nat_gateway;
use crate::draft::Draft;
use crate::ec2;
use crate::failure::found;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let texts = [("state", "state"), ("subnet-id", "subnet_id"), ("vpc-id", "vpc_id")];
    let filters = search::filters(args, &texts);
    let call = aws.calls.ec2.describe_nat_gateways().set_filter(filters);
    let call = call.set_nat_gateway_ids(search::ids(args, "id")).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let all = found("ec2:DescribeNatGateways", all)?.unwrap_or_default();
    let narrows = "`id`, `vpc_id`, `subnet_id`, `state`, `tags` or `filter`";
    let gateway = search::only("NAT gateway", narrows, all, |gateway| gateway.nat_gateway_id())?;
    aws_nat_gateway::tell(draft, &gateway);
    draft
        .set("id", gateway.nat_gateway_id())
        .set("secondary_allocation_ids", aws_nat_gateway::secondary_allocations(&gateway))
        .set("state", gateway.state().map(|state| state.as_str()))
        .set("vpc_id", gateway.vpc_id());
    tags::tell(draft, ec2::read_tags(gateway.tags()));
    Ok(())
}
