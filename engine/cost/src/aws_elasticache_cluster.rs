//! Cache clusters: nodes by the hour, backups. <https://aws.amazon.com/elasticache/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::Attr;

const BACKUP: Rate = Rate::new("AmazonElastiCache", "BackupUsage", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let count = bill.count("num_cache_nodes", 1, "cache.nodes");
    nodes(count, bill);
}

/// So many nodes of the class and engine that the resource names, and its backups beyond the first, which is free.
pub(crate) fn nodes(count: Quantity, bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("node_type") else {
        return bill.unsupported("`node_type` is not known here");
    };
    let engine = match bill.choice("engine", "redis") {
        Some("redis") => "Redis",
        Some("valkey") => "Valkey",
        Some("memcached") => "Memcached",
        Some(other) => return bill.unsupported(format!("engine `{other}` is not priced")),
        None => return,
    };
    let rate = Rate::of("AmazonElastiCache", format!("NodeUsage:{class}|{engine}"), "Hrs");
    bill.line(format!("{engine} nodes, {class}"), &rate, count.times(HOURS));
    let kept = bill.attr::<i64>("snapshot_retention_limit");
    if engine != "Memcached" && matches!(kept, Attr::Known(days, _) if days > 1) {
        bill.used("backup storage", &BACKUP, "cache.snapshot_storage_size_gb");
    }
}
