//! Cache replication groups: nodes by the hour, autoscaled or not. <https://aws.amazon.com/elasticache/pricing/>

use crate::autoscaling::{kept, target};
use crate::aws_elasticache_cluster::nodes;
use crate::bill::Bill;
use crate::quantity::Quantity;
use rust_decimal::Decimal;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let scaled = |dimension| {
        let dimension = format!("elasticache:replication-group:{dimension}");
        let target = target(bill, "replication-group", "replication_group_id", &dimension)?;
        Some(kept(target, bill))
    };
    let shards = scaled("NodeGroups").or_else(|| said("num_node_groups", bill));
    let replicas = scaled("Replicas").or_else(|| said("replicas_per_node_group", bill));
    let Some(shards) = shards else {
        let count = bill.count("num_cache_clusters", 1, "cache.nodes");
        return nodes(count, bill);
    };
    let each = replicas
        .unwrap_or_else(|| Quantity::fixed(0))
        .map(|count| count.saturating_add(Decimal::ONE));
    nodes(shards.by(&each).because("each group: a primary and its replicas"), bill);
}

/// What the group itself says; an assumption when that is not known yet.
fn said(name: &'static str, bill: &Bill<'_, '_>) -> Option<Quantity> {
    let attr = bill.attr::<i64>(name);
    (!attr.is_null()).then(|| bill.or_assume(&attr, name, 0, "cache.nodes"))
}
