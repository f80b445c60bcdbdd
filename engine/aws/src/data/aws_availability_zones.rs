//! `aws_availability_zones`: EC2 `DescribeAvailabilityZones`, by name.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::filter;
use crate::failure::fail;
use crate::provider::Aws;
use aws_sdk_ec2::types::Filter;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let written = args.blocks("filter").map(|block| {
        let values = Some(block.strings("values"));
        Filter::builder().set_name(block.text("name")).set_values(values).build()
    });
    let state = args.str("state").map(|state| filter("state", state));
    let filters: Vec<_> = written.chain(state).collect();
    let call = aws
        .calls
        .ec2
        .describe_availability_zones()
        .set_all_availability_zones(args.flag("all_availability_zones"))
        .set_filters(Some(filters).filter(|filters| !filters.is_empty()));
    let answer = call.send().await.map_err(fail("ec2:DescribeAvailabilityZones"))?;
    let (names, ids) = (args.strings("exclude_names"), args.strings("exclude_zone_ids"));
    let mut zones: Vec<_> = answer
        .availability_zones()
        .iter()
        .filter(|zone| !names.iter().any(|name| zone.zone_name() == Some(name)))
        .filter(|zone| !ids.iter().any(|id| zone.zone_id() == Some(id)))
        .collect();
    zones.sort_by_key(|zone| zone.zone_name());
    let names = zones.iter().filter_map(|zone| zone.zone_name()).collect::<Vec<_>>();
    let ids = zones.iter().filter_map(|zone| zone.zone_id()).collect::<Vec<_>>();
    let groups = zones.iter().map(|zone| zone.group_name().unwrap_or_default());
    draft
        .set("id", aws.region())
        .set("group_names", groups.collect::<Vec<_>>())
        .set("names", names)
        .set("zone_ids", ids);
    Ok(())
}
