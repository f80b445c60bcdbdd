//! Instances of Aurora clusters: hours by class, or capacity units. <https://aws.amazon.com/rds/aurora/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::{HOURS, Quantity};
use crate::rds::{capacity, credits, extended_support, insights};
use model::{Attr, field};
use stack::Resource;

const CAPACITY: Rate = Rate::new("AmazonRDS", "Aurora:ServerlessV2Usage", "ACU-Hr");
const CAPACITY_OPTIMIZED: Rate =
    Rate::new("AmazonRDS", "Aurora:ServerlessV2IOOptimizedUsage", "ACU-Hr");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("instance_class") else {
        return bill.unsupported("`instance_class` is not known yet");
    };
    let cluster = bill.model.refers(written(bill.resource, "cluster_identifier"));
    let cluster =
        cluster.and_then(|id| bill.model.stack().resources.get(usize::try_from(id.0).ok()?));
    let optimized =
        cluster.is_some_and(|it| written(it, "storage_type").as_str() == Some("aurora-iopt1"));
    if class == "db.serverless" {
        let rate = if optimized { &CAPACITY_OPTIMIZED } else { &CAPACITY };
        let units = capacity(bill).or_else(|| scaled(cluster?));
        let units = units.unwrap_or_else(|| bill.assume("aurora.capacity_units_per_hr"));
        bill.line("Aurora serverless v2", rate, units.times(HOURS));
    } else {
        let usage = if optimized { "InstanceUsageIOOptimized" } else { "InstanceUsage" };
        let rate = Rate::of("AmazonRDS", format!("{usage}:{class}|Aurora"), "Hrs");
        bill.hours(format!("database instance, {class}"), &rate);
    }
    credits(class, "aurora.cpu_credit_hours_month", bill);
    insights(class, "aurora.additional_performance_insights_requests_month", bill);
    let engine = bill.attr::<&str>("engine").known().copied().unwrap_or_default();
    let version = bill.attr::<&str>("engine_version").known().copied();
    extended_support(engine, version, class, bill);
}

/// Capacity units between the bounds of the cluster.
fn scaled(cluster: &Resource) -> Option<Quantity> {
    let block = written(cluster, "serverlessv2_scaling_configuration").elements().next()?;
    let least = decimal(field(block, "min_capacity"))?;
    let most = decimal(field(block, "max_capacity")).unwrap_or(least).max(least);
    Some(
        Quantity::derived(least, format!("the least that {} allows", cluster.address))
            .at_most(most),
    )
}
