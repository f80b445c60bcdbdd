//! Cache replication groups: nodes by the hour. <https://aws.amazon.com/elasticache/pricing/>

use crate::aws_elasticache_cluster::nodes;
use crate::bill::Bill;
use crate::quantity::Quantity;
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let groups = bill.attr::<i64>("num_node_groups");
    if groups.is_null() {
        let count = bill.count("num_cache_clusters", 1, "cache.nodes");
        return nodes(count, bill);
    }
    let replicas = bill.attr::<i64>("replicas_per_node_group");
    let count = match (&groups, &replicas) {
        (Attr::Known(groups, _), Attr::Known(replicas, _)) => {
            let each = replicas.max(&0).saturating_add(1);
            Quantity::fixed(*groups.max(&0))
                .times(each)
                .because("each group: a primary and its replicas")
        }
        (Attr::Known(groups, _), Attr::Null(_)) => Quantity::fixed(*groups.max(&0)),
        _ => bill.assume("cache.nodes").because("how many nodes it has is not known yet"),
    };
    nodes(count, bill);
}
