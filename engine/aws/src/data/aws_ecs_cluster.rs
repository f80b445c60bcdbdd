//! `aws_ecs_cluster`: ECS `DescribeClusters`, by name.

use super::search;
use crate::args::Args;
use crate::aws_ecs_cluster::describe;
use crate::draft::Draft;
use crate::ecs;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("cluster_name").unwrap_or_default();
    let found = describe(aws, name).await?;
    let (cluster, _) = found.ok_or_else(|| search::none(&format!("cluster `{name}`")))?;
    let settings = cluster.settings().iter().map(|setting| {
        json!({"name": setting.name().map(|name| name.as_str()), "value": setting.value()})
    });
    let defaults = cluster.service_connect_defaults();
    let defaults = defaults.map(|defaults| json!({"namespace": defaults.namespace()}));
    draft
        .set("id", cluster.cluster_arn())
        .set("arn", cluster.cluster_arn())
        .set("status", cluster.status())
        .set("pending_tasks_count", cluster.pending_tasks_count())
        .set("running_tasks_count", cluster.running_tasks_count())
        .set("registered_container_instances_count", cluster.registered_container_instances_count())
        .set("service_connect_defaults", defaults.into_iter().collect::<Json>())
        .set("setting", settings.collect::<Json>());
    tags::tell(draft, ecs::read_tags(cluster.tags()));
    Ok(())
}
