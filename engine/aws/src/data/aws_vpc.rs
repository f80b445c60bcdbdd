//! `aws_vpc`: EC2 `DescribeVpcs`, by id, range, options, tags and filters; or the default one.

use super::search;
use crate::args::Args;
use crate::aws_vpc::{attribute, main_table};
use crate::draft::Draft;
use crate::ec2::{self, filter};
use crate::failure::found;
use crate::provider::Aws;
use crate::tags;
use aws_sdk_ec2::types::VpcAttributeName;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let texts =
        [("cidr", "cidr_block"), ("dhcp-options-id", "dhcp_options_id"), ("state", "state")];
    let mut filters = search::filters(args, &texts);
    if args.is("default") {
        filters.get_or_insert_default().push(filter("isDefault", "true"));
    }
    let call = aws.calls.ec2.describe_vpcs().set_vpc_ids(search::ids(args, "id"));
    let call = call.set_filters(filters).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let all = found("ec2:DescribeVpcs", all)?.unwrap_or_default();
    let narrows = "`id`, `cidr_block`, `default`, `tags` or `filter`";
    let vpc = search::only("VPC", narrows, all, |vpc| vpc.vpc_id())?;
    let id = vpc.vpc_id().unwrap_or_default();
    let (support, hostnames, metrics, table) = tokio::try_join!(
        attribute(aws, id, VpcAttributeName::EnableDnsSupport),
        attribute(aws, id, VpcAttributeName::EnableDnsHostnames),
        attribute(aws, id, VpcAttributeName::EnableNetworkAddressUsageMetrics),
        main_table(aws, id),
    )?;
    let ranges = vpc.cidr_block_association_set().iter().map(|range| {
        let state = range.cidr_block_state().and_then(|state| state.state());
        json!({"association_id": range.association_id(), "cidr_block": range.cidr_block(),
            "state": state.map(|state| state.as_str())})
    });
    let ipv6 = vpc.ipv6_cidr_block_association_set().first();
    let owner = vpc.owner_id().unwrap_or_default();
    draft
        .set("id", id)
        .set("arn", aws.ec2_arn(owner, &format!("vpc/{id}")))
        .set("owner_id", owner)
        .set("cidr_block", vpc.cidr_block())
        .set("cidr_block_associations", ranges.collect::<Json>())
        .set("default", vpc.is_default().unwrap_or_default())
        .set("dhcp_options_id", vpc.dhcp_options_id())
        .set("enable_dns_support", support)
        .set("enable_dns_hostnames", hostnames)
        .set("enable_network_address_usage_metrics", metrics)
        .set("instance_tenancy", vpc.instance_tenancy().map(|tenancy| tenancy.as_str()))
        .set("ipv6_association_id", ipv6.and_then(|block| block.association_id()))
        .set("ipv6_cidr_block", ipv6.and_then(|block| block.ipv6_cidr_block()))
        .set("main_route_table_id", table);
    tags::tell(draft, ec2::read_tags(vpc.tags()));
    Ok(())
}
