//! `aws_subnet`: EC2 `DescribeSubnets`, by id, place, range, tags and filters.

use super::search;
use crate::args::Args;
use crate::aws_subnet;
use crate::draft::Draft;
use crate::ec2::{self, filter};
use crate::failure::found;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

const TEXTS: [(&str, &str); 6] = [
    ("availabilityZone", "availability_zone"),
    ("availabilityZoneId", "availability_zone_id"),
    ("cidrBlock", "cidr_block"),
    ("ipv6-cidr-block-association.ipv6-cidr-block", "ipv6_cidr_block"),
    ("state", "state"),
    ("vpc-id", "vpc_id"),
];

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let mut filters = search::filters(args, &TEXTS);
    if args.is("default_for_az") {
        filters.get_or_insert_default().push(filter("defaultForAz", "true"));
    }
    let call = aws.calls.ec2.describe_subnets().set_subnet_ids(search::ids(args, "id"));
    let call = call.set_filters(filters).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let all = found("ec2:DescribeSubnets", all)?.unwrap_or_default();
    let narrows = "`id`, `vpc_id`, `availability_zone`, `cidr_block`, `tags` or `filter`";
    let subnet = search::only("subnet", narrows, all, |subnet| subnet.subnet_id())?;
    aws_subnet::tell(draft, &subnet);
    draft
        .set("id", subnet.subnet_id())
        .set("available_ip_address_count", subnet.available_ip_address_count())
        .set("default_for_az", subnet.default_for_az())
        .set("state", subnet.state().map(|state| state.as_str()));
    tags::tell(draft, ec2::read_tags(subnet.tags()));
    Ok(())
}
