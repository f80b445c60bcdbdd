//! `aws_ecs_service`: ECS `DescribeServices`, by cluster and name.

use super::search;
use crate::args::Args;
use crate::aws_ecs_service::describe;
use crate::draft::Draft;
use crate::ecs;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("service_name").unwrap_or_default();
    let found = describe(aws, args.str("cluster_arn").unwrap_or_default(), name).await?;
    let found = found.filter(|(service, _)| service.status() != Some("INACTIVE"));
    let (service, said) = found.ok_or_else(|| search::none(&format!("service `{name}`")))?;
    let rebalancing = said.get("availabilityZoneRebalancing").cloned();
    draft
        .set("id", service.service_arn())
        .set("arn", service.service_arn())
        .set("availability_zone_rebalancing", rebalancing)
        .set("cluster_arn", service.cluster_arn())
        .set("desired_count", service.desired_count())
        .set("launch_type", service.launch_type().map(|ty| ty.as_str()))
        .set("scheduling_strategy", service.scheduling_strategy().map(|s| s.as_str()))
        .set("service_name", service.service_name())
        .set("task_definition", service.task_definition());
    tags::tell(draft, ecs::read_tags(service.tags()));
    Ok(())
}
