//! Cache clusters: nodes by the hour. <https://aws.amazon.com/elasticache/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let count = bill.count("num_cache_nodes", 1, "cache.nodes");
    nodes(count, bill);
}

/// So many nodes of the class and engine that the resource names.
pub(crate) fn nodes(count: Quantity, bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("node_type") else {
        return bill.unsupported("`node_type` is not known here");
    };
    let engine = match bill.attr::<&str>("engine") {
        Attr::Known("redis", _) | Attr::Null(_) => "Redis",
        Attr::Known("valkey", _) => "Valkey",
        Attr::Known("memcached", _) => "Memcached",
        Attr::Known(other, _) => {
            return bill.unsupported(format!("engine `{other}` is not priced"));
        }
        Attr::Unknown(_) => return bill.unsupported("`engine` is not known yet"),
    };
    let rate = Rate::of("AmazonElastiCache", format!("NodeUsage:{class}|{engine}"), "Hrs");
    bill.line(format!("{engine} nodes, {class}"), &rate, count.times(HOURS));
}
